import { deadlines } from '../model/deadlines.ts';
import { FailwellError } from '../model/error.ts';
import type { AnyFault, PlacedFault, Random } from '../model/fault.ts';
import type { Entry, Occurrence } from '../model/history.ts';
import type { OpenStage, Stage, StepResult } from '../model/stage.ts';
import type { Step } from '../model/step.ts';
import type { Instance, Target } from '../model/target.ts';
import type { Cast, OpenCast, Performance } from './cast.ts';
import { interrupted } from './interrupted.ts';
import { climb } from './ladder.ts';
import { drainLogs, type LogHabit, learnHabit, watchLogs } from './log-watch.ts';
import { openLogbook } from './logbook.ts';
import { openNeighbours } from './neighbours.ts';
import { plainSteps } from './plain-step.ts';
import { runningTarget } from './running-target.ts';
import type { Surroundings } from './surroundings.ts';
import { type TargetClock, targetClock } from './target-clock.ts';

/**
 * Stages for targets of one role: the target in the middle of its cast. Whatever is the same for every role is here:
 * recording, faults, the target's life, the control's, and the target's log.
 */
export function stagesOf(openCast: OpenCast, surroundings: Surroundings, seeded: (path: string) => Random): OpenStage {
  // How a target logs is the target's, not the instance's: learnt once, good for instances that must stay cold.
  const habits = new Map<string, LogHabit>();
  return async (options) => {
    const stage = await buildStage({ ...options, openCast, surroundings, seeded, habits });
    try {
      if (!options.cold) await warmUp(stage, options.target, options.signal);
    } catch (error) {
      await stage[Symbol.asyncDispose]();
      throw error;
    }
    return stage;
  };
}

interface BuiltStage extends Stage {
  /** Learns how the target logs, from its last control. */
  learnHabit(): Promise<void>;
}

/** Starts the target and waits until its control passes. */
async function warmUp(stage: BuiltStage, target: Target, signal: AbortSignal): Promise<void> {
  const lines: string[] = [];
  stage.begin({
    seedPath: `first-control/${stage.instance}`,
    emit: (entry: Entry) => entry.kind === 'log' && lines.push(entry.line),
  });
  await stage.start(signal);
  // What takes long to start may be slow at first.
  const end = performance.now() + Math.max(deadlines.recovery, (target.driver.startsWithin ?? 0) / 2);
  let control = await stage.control('control-before', signal);
  while (control.outcome !== 'accepted' && stage.alive && performance.now() < end && !signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, deadlines.recoveryPause));
    control = await stage.control('control-before', signal);
  }
  if (control.outcome === 'accepted') await stage.learnHabit();
  stage.end();
  signal.throwIfAborted();
  if (control.outcome === 'accepted') return;
  const said = lines.length > 0 ? ` (it said: ${lines.slice(-3).join(' | ').slice(0, 500)})` : '';
  throw new FailwellError(
    'target-not-ready',
    `${target.id} started, but ${firstControl[target.role]} came to ${control.detail}: check its ${toCheck[target.role]}${said}.`,
  );
}

const firstControl = {
  gateway: 'a valid token',
  client: 'its work with nothing broken',
  idp: 'a correct login',
  chain: 'a correct login',
} as const;

const toCheck = {
  gateway: 'issuer, audience and API settings',
  client: 'issuer, client and redirection URI settings',
  idp: 'clients, user and login recipe',
  chain: 'issuer, client and API settings',
} as const;

async function buildStage(
  options: Parameters<OpenStage>[0] & {
    readonly openCast: OpenCast;
    readonly surroundings: Surroundings;
    readonly seeded: (path: string) => Random;
    readonly habits: Map<string, LogHabit>;
  },
): Promise<BuiltStage> {
  const { target, instance, cold, signal, openCast, surroundings, seeded, habits } = options;
  const now = () => performance.now();
  const book = openLogbook(now, surroundings.keep);
  const watch = watchLogs(now);
  let standing: readonly AnyFault[] = [];
  let random = seeded(`${target.id}/${instance}`);
  let lastControl: StepResult | undefined;

  const record = (occurrence: Occurrence) => {
    book.record(occurrence);
    if (occurrence.kind === 'log') watch.line(occurrence.line);
  };
  const running = runningTarget(target, surroundings.hosts, record);
  await using opening = new AsyncDisposableStack();
  const { observe } = book;
  await surroundings.share(target.driver, signal);
  const neighbours = opening.use(
    await openNeighbours(await target.driver.reach?.(signal), observe, now, surroundings.authority),
  );
  const cast = opening.use(
    await openCast({ target, surroundings, running, book, random, neighbours, signal, observe, now }),
  );
  opening.use(running);
  const cleanup = opening.move();
  const plain = plainSteps({ book, now, random: () => random });
  const ownClock = targetClock(surroundings.clock);

  async function perform(step: Step, performance: Performance): Promise<StepResult> {
    if (step.do === 'interrupt') {
      return await plain(step, performance, async () => await interrupted(step.how, running, performance.signal));
    }
    if (step.do === 'ladder') {
      const rungs = { ...performance, actor: performance.actor ?? 'rung' };
      return await plain(step, performance, () =>
        climb(step, { target, book, place, perform: (rung) => cast.perform(rung, rungs) }),
      );
    }
    if (step.do !== 'parallel') return await cast.perform(step, performance);
    return await plain(step, performance, async () => {
      const parts = await Promise.all(
        step.steps.map((part) => perform(part.step, { ...performance, actor: part.actor })),
      );
      const accepted = parts.filter(({ outcome }) => outcome === 'accepted').length;
      return { outcome: accepted > 0 ? 'accepted' : 'refused', detail: `${accepted} of ${parts.length} accepted` };
    });
  }

  function disturb(faults: readonly AnyFault[]): void {
    standing = faults;
    cast.disturbed(standing);
  }

  /** Who can hold a fault: a name server, a clock, the mock IdP or a link. */
  function holderOf({ fault, on }: PlacedFault): Pick<TargetClock, 'place'> | Cast['idp'] {
    if (fault.seam === 'link/name') return cast.names ?? neighbours.server;
    if (on === 'idp' && cast.idp !== undefined) return cast.idp;
    if (fault.seam === 'clock') return cast.clocks?.[on] ?? (on === target.role ? ownClock : undefined);
    return cast.links.get(on);
  }

  async function place(placed: PlacedFault): Promise<() => Promise<void>> {
    const { fault, on } = placed;
    const holder = holderOf(placed);
    if (holder === undefined) {
      throw new FailwellError(
        'usage',
        `${fault.id} is placed on '${on}', which the stage of a ${target.role} does not have, or cannot break in this way.`,
      );
    }
    disturb([...standing, fault]);
    const clear = await holder.place(placed, random);
    // Nobody asks for a name while a connection is open.
    if (fault.seam === 'link/name') await cast.links.get(on)?.renew();
    return async () => {
      disturb(standing.filter((other) => other !== fault));
      await clear();
      // What passes on a connection is told when that ends.
      if (fault.seam === 'link/stream') await cast.links.get(on)?.renew();
    };
  }

  return {
    instance,
    target,
    get alive() {
      return running.alive;
    },
    get lost() {
      return running.lost;
    },
    get lastControl() {
      return lastControl;
    },
    begin({ seedPath, emit }) {
      random = seeded(`${target.id}/${seedPath}`);
      watch.forget();
      cast.begin(random);
      return book.begin(emit, cast.secrets());
    },
    end: () => book.end(),
    place,
    async start(within) {
      let started: Instance;
      try {
        started = await running.start({ ...cast.wiring, names: neighbours.names, clock: ownClock.clock }, within);
        await ownClock.follow(started);
      } catch (error) {
        // A cold stage is started broken on purpose: that it did not start is what the history says.
        if (cold) return;
        throw error;
      }
      await cast.connect(started);
    },
    perform: (step, phase, within) => perform(step, { phase, signal: within }),
    async control(phase, within) {
      lastControl = await cast.control({ phase, signal: within });
      return lastControl;
    },
    isControl: (step) => cast.isControl(step),
    async learnHabit() {
      if (habits.has(target.id) || lastControl === undefined) return;
      habits.set(target.id, await learnHabit(watch, lastControl.step, now, signal));
    },
    async drain(within) {
      const habit = habits.get(target.id) ?? { marks: false, latency: 0 };
      const answered = running.alive && lastControl?.outcome !== 'indeterminate';
      const doubt = await drainLogs(watch, habit, answered ? lastControl?.step : undefined, within);
      return doubt === undefined ? {} : { doubt };
    },
    byHand() {
      const last = cast.byHand();
      return last === undefined ? undefined : { ...last, caFile: surroundings.ca.file };
    },
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}
