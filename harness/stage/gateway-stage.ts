import type { SeenExchange } from '../../mocks/links/exchange.ts';
import { deadlines } from '../model/deadlines.ts';
import { FailwellError } from '../model/error.ts';
import type { Random } from '../model/fault.ts';
import type { Entry, Occurrence, Phase } from '../model/history.ts';
import type { OpenStage, Stage, StepResult } from '../model/stage.ts';
import type { CallApi, Step, StepOutcome, TokenRecipe } from '../model/step.ts';
import type { Target } from '../model/target.ts';
import { milliseconds } from '../model/time.ts';
import { describe } from './describe.ts';
import { createCaller } from './gateway-caller.ts';
import { openGatewayWires } from './gateway-wires.ts';
import { drainLogs, type LogHabit, learnHabit, watchLogs } from './log-watch.ts';
import { openLogbook } from './logbook.ts';
import { runningTarget } from './running-target.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * Stages for gateways: caller (the harness) → gateway (the target) → API, with the mock IdP behind the gateway and an
 * attacker's host that only a flawed one contacts. Every wire between them is a link.
 */
export function gatewayStages(surroundings: Surroundings, seeded: (path: string) => Random): OpenStage {
  // How a target logs is the target's, not the instance's: learnt once, good for instances that must stay cold.
  const habits = new Map<string, LogHabit>();
  return async (options) => {
    const stage = await buildStage({ ...options, surroundings, seeded, habits });
    try {
      if (!options.cold) await warmUp(stage, options.target, options.signal);
    } catch (error) {
      await stage[Symbol.asyncDispose]();
      throw error;
    }
    return stage;
  };
}

interface GatewayStage extends Stage {
  /** Learns how the target logs, from its last control. */
  learnHabit(): Promise<void>;
}

/** Starts the target and waits until a valid token gets through. */
async function warmUp(stage: GatewayStage, target: Target, signal: AbortSignal): Promise<void> {
  const lines: string[] = [];
  stage.begin({
    seedPath: `first-control/${stage.instance}`,
    emit: (entry: Entry) => entry.kind === 'log' && lines.push(entry.line),
  });
  await stage.start(signal);
  const end = performance.now() + deadlines.recovery;
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
    `${target.id} started, but a valid token came to ${control.detail}: check its issuer, audience and API settings${said}.`,
  );
}

async function buildStage(
  options: Parameters<OpenStage>[0] & {
    readonly surroundings: Surroundings;
    readonly seeded: (path: string) => Random;
    readonly habits: Map<string, LogHabit>;
  },
): Promise<GatewayStage> {
  const { target, instance, cold, signal, surroundings, seeded, habits } = options;
  const now = () => performance.now();
  const book = openLogbook(now);
  const watch = watchLogs(now);
  const served = new Set<string>();
  const named = new Map<string, string>();
  const clockFaults = new Set<string>();
  let random = seeded(`${target.id}/${instance}`);
  let lastControl: StepResult | undefined;
  let controlToken: string | undefined;

  const observe = (seen: SeenExchange) => {
    if (seen.link === 'gateway→api' && seen.correlation !== undefined) served.add(seen.correlation);
    book.observe(seen);
  };
  const record = (occurrence: Occurrence) => {
    book.record(occurrence);
    if (occurrence.kind === 'log') watch.line(occurrence.line);
  };
  const wires = await openGatewayWires({
    surroundings,
    random,
    observe,
    now,
    reach: await target.driver.reach?.(signal),
  });
  const { idp, links, wiring } = wires;
  const running = runningTarget(target, surroundings.hosts, record);
  const caller = createCaller({
    target,
    book,
    now,
    link: () => (running.alive ? links.get('caller→gateway') : undefined),
    url: () => running.url,
    served: (correlation) => served.has(correlation),
    down: () => running.downBecause,
  });

  async function mint(recipe: TokenRecipe): Promise<string> {
    const known = recipe.name === undefined ? undefined : named.get(recipe.name);
    if (known !== undefined) return known;
    const token = await idp.mint(recipe, random);
    if (recipe.name !== undefined) named.set(recipe.name, token);
    book.learnToken('access_token', token);
    return token;
  }

  async function callApi(step: CallApi, phase: Phase, within: AbortSignal, actor?: string): Promise<StepResult> {
    const token = step.token === undefined ? undefined : await mint(step.token);
    const declared = target.declares.deadline;
    const bound = Math.max(deadlines.step, declared === undefined ? 0 : 2 * milliseconds(declared.value) + 2_000);
    const call = { step, phase, token, bound, signal: within, random, actor };
    const result = step.until === undefined ? await caller.call(call) : await caller.callUntil(call, step.until);
    // The clock is met by a token that was made while it was wrong.
    if (token !== undefined) for (const fault of clockFaults) book.meet(fault, 'token');
    return result;
  }

  async function perform(step: Step, phase: Phase, within: AbortSignal, actor?: string): Promise<StepResult> {
    const began = now();
    const done = (outcome: StepOutcome, detail: string, token?: string): StepResult => {
      const result = { step: `fw-${random.hex(6)}`, outcome, detail, took: now() - began };
      const about = { ...(actor !== undefined && { actor }), ...(token !== undefined && { token }) };
      book.record({ kind: 'step', ...result, phase, does: describe(step), ...about });
      return result;
    };
    switch (step.do) {
      case 'call-api':
        return await callApi(step, phase, within, actor);
      case 'revoke': {
        const token = named.get(step.token);
        if (token === undefined) {
          throw new FailwellError(
            'usage',
            `No token of this scenario is named '${step.token}': give an earlier call's token that name.`,
          );
        }
        idp.revoke(token);
        return done('accepted', 'revoked', token);
      }
      case 'rotate-keys':
        await idp.rotateKeys({ withdraw: step.withdraw });
        controlToken = undefined;
        return done('accepted', 'rotated');
      case 'parallel': {
        const parts = await Promise.all(step.steps.map((part) => perform(part.step, phase, within, part.actor)));
        const accepted = parts.filter(({ outcome }) => outcome === 'accepted').length;
        return done(accepted > 0 ? 'accepted' : 'refused', `${accepted} of ${parts.length} accepted`);
      }
      case 'drive':
        throw new FailwellError('usage', `A gateway cannot be driven to '${step.what}': that step is another role's.`);
    }
  }

  return {
    instance,
    target,
    get alive() {
      return running.alive;
    },
    get lastControl() {
      return lastControl;
    },
    begin({ seedPath, emit }) {
      random = seeded(`${target.id}/${seedPath}`);
      named.clear();
      served.clear();
      watch.forget();
      const known: (readonly [string, string])[] = [['client_secret', wiring.clientSecret]];
      if (controlToken !== undefined) known.push(['control_token', controlToken]);
      return book.begin(emit, known);
    },
    end: () => book.end(),
    async place(placed) {
      const { fault, on } = placed;
      const link = links.get(on);
      if (on !== 'idp' && link === undefined) {
        throw new FailwellError('usage', `${fault.id} is placed on '${on}', but a gateway's stage has no such link.`);
      }
      controlToken = undefined;
      if (fault.seam === 'clock') clockFaults.add(fault.id);
      const clear = link === undefined ? idp.place(placed, random) : await link.place(placed, random);
      return async () => {
        controlToken = undefined;
        clockFaults.delete(fault.id);
        await clear();
      };
    },
    async start(within) {
      try {
        await running.start(wiring, within);
      } catch (error) {
        // A cold stage is started broken on purpose: that it did not start is what the history says.
        if (cold) return;
        throw error;
      }
      await wires.connect(running.url ?? '');
    },
    perform: (step, phase, within) => perform(step, phase, within),
    async control(phase, within) {
      const format = target.capabilities.includes('jwt') ? 'jwt' : 'opaque';
      const token: TokenRecipe = { format, flaws: [] };
      if (controlToken === undefined) {
        controlToken = await idp.mint(token, random);
        book.learnToken('control_token', controlToken);
      }
      const step: CallApi = { do: 'call-api', token };
      lastControl = await caller.call({
        step,
        phase,
        token: controlToken,
        bound: deadlines.control,
        signal: within,
        random,
      });
      return lastControl;
    },
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
    lastRequest() {
      const last = caller.last();
      return last === undefined ? undefined : { ...last, caFile: surroundings.ca.file };
    },
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      await wires[Symbol.asyncDispose]();
    },
  };
}
