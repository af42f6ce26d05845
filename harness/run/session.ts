import { judge } from '../judge/judge.ts';
import type { Lexicon } from '../judge/lexicon/lexicon.ts';
import { deadlines } from '../model/deadlines.ts';
import type { Entry } from '../model/history.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Hold, OpenStage, Stage, StepResult } from '../model/stage.ts';
import type { Target } from '../model/target.ts';
import type { Verdict } from '../model/verdict.ts';
import { timeLimit } from '../time-limit.ts';
import { perform } from './perform.ts';

/** What one scenario on one target came to. */
export interface Outcome {
  readonly instance: string;
  readonly verdict: Verdict;
  readonly milliseconds: number;
  /** The judged request as a curl line. */
  readonly curl?: string;
}

/** One worker's hold on one target: a warm instance that is replaced when a scenario has spoilt it. */
export interface Session extends AsyncDisposable {
  /** @param begun told when the times of the entries begin to count */
  run(scenario: Scenario, emit: (entry: Entry) => void, signal: AbortSignal, begun?: () => void): Promise<Outcome>;
}

/** The first control of any warm instance of a target: the twin that cold instances are compared with. */
export type Twins = Map<string, StepResult>;

/**
 * Opens a session.
 * @param name tells its instances from those of other sessions on the same target
 */
export function openSession(options: {
  readonly target: Target;
  readonly name: string;
  readonly openStage: OpenStage;
  readonly lexicon: Lexicon;
  readonly twins: Twins;
  readonly hold?: Hold | undefined;
}): Session {
  const { target, name, openStage, lexicon, twins, hold } = options;
  let warm: Stage | undefined;
  let opened = 0;

  const open = async (cold: boolean, signal: AbortSignal) => {
    opened += 1;
    const stage = await openStage({ target, instance: `${target.id}#${name}.${opened}`, cold, signal });
    if (stage.lastControl !== undefined) twins.set(target.id, stage.lastControl);
    return stage;
  };
  const close = async (stage: Stage | undefined) => {
    if (stage === warm) warm = undefined;
    await stage?.[Symbol.asyncDispose]();
  };
  const warmStage = async (signal: AbortSignal) => {
    if (warm !== undefined && (!warm.alive || warm.lastControl?.outcome !== 'accepted')) await close(warm);
    warm ??= await open(false, signal);
    return warm;
  };

  return {
    async run(scenario, emit, outer, begun) {
      const fresh = scenario.isolation === 'fresh';
      // What takes long to start has that time besides: itself, and a twin where there must be one.
      const milliseconds = deadlines.scenario + (target.driver.startsWithin ?? 0) * (fresh ? 2 : 1);
      // Nobody is hurried while they look at what is held.
      using limit = timeLimit(hold === undefined ? milliseconds : 2 ** 31 - 1, outer);
      const { signal } = limit;
      if (scenario.cold && !twins.has(target.id)) await warmStage(signal);
      const stage = fresh ? await open(scenario.cold === true, signal) : await warmStage(signal);
      const began = performance.now();
      try {
        begun?.();
        const recording = stage.begin({ seedPath: scenario.id, emit });
        const after = async () => await (await warmStage(signal)).control('control-after', signal);
        await perform({ scenario, stage, recording, twins: { before: twins.get(target.id), after }, hold, signal });
        outer.throwIfAborted();
        if (stage.lost !== undefined) throw stage.lost;
        if (limit.ranOut) recording.record({ kind: 'deadline', what: 'scenario', milliseconds });
        const verdict = judge(scenario, target, recording.entries, lexicon);
        const again = stage.byHand();
        return {
          instance: stage.instance,
          verdict,
          milliseconds: performance.now() - began,
          ...(again?.how === 'curl' && { curl: again.line }),
        };
      } catch (error) {
        // Nobody knows in what state it is.
        await close(stage);
        throw error;
      } finally {
        stage.end();
        if (fresh) await close(stage);
      }
    },
    [Symbol.asyncDispose]: () => close(warm),
  };
}
