import { notApplicable } from '../judge/judge.ts';
import type { Lexicon } from '../judge/lexicon/lexicon.ts';
import { FailwellError } from '../model/error.ts';
import type { RunEvent } from '../model/event.ts';
import type { Hold, OpenStage } from '../model/stage.ts';
import type { Target } from '../model/target.ts';
import { noVerdicts } from '../model/verdict.ts';
import { exitCode } from './exit.ts';
import type { Pair, Plan } from './plan.ts';
import { type Schedule, schedule } from './schedule.ts';
import { openSession, type Session, type Twins } from './session.ts';
import { turns } from './turns.ts';

export interface RunOptions {
  readonly plan: Plan;
  /** The pairs in the order in which they are to run; the plan's order when absent. */
  readonly pairs?: readonly Pair[];
  readonly openStage: OpenStage;
  readonly lexiconOf: (target: Target) => Lexicon;
  /** How many instances run at once. */
  readonly pool: number;
  /** Stops at the first `fail`. */
  readonly bail: boolean;
  readonly allowInconclusive: boolean;
  readonly exitZero: boolean;
  readonly replay: (scenario: string, target: string) => string;
  readonly emit: (event: RunEvent) => void;
  readonly hold?: Hold | undefined;
  /** Ends the run in good order: what was judged stays judged. */
  readonly signal: AbortSignal;
}

/** How often in a row a target that was ready once may fail to start before it is given up. */
const startsAgain = 3;

/** Runs a plan and emits what happens, from the first verdict to `run-finished`. Resolves to the exit code. */
export async function run(options: RunOptions): Promise<number> {
  const { plan, emit, signal } = options;
  const began = performance.now();
  const totals = noVerdicts();
  const stop = new AbortController();
  const within = AbortSignal.any([signal, stop.signal]);
  let errors = 0;

  for (const { scenario, target, why } of plan.notApplicable) {
    totals['not-applicable'] += 1;
    const verdict = notApplicable(scenario, target, why);
    emit({
      type: 'scenario-finished',
      scenario: scenario.id,
      target: target.id,
      instance: '',
      milliseconds: 0,
      verdict,
      replay: options.replay(scenario.id, target.id),
    });
  }

  const queues = new Map<Target, Pair[]>();
  for (const pair of options.pairs ?? plan.pairs) {
    const queue = queues.get(pair.target) ?? [];
    queue.push(pair);
    queues.set(pair.target, queue);
  }
  const twins: Twins = new Map();
  /** Starts in a row that failed, of targets that were ready once. */
  const startsFailed = new Map<Target, number>();
  const givenUp = new Set<Target>();

  const fail = (error: unknown, where: { target: string; scenario?: string }) => {
    errors += 1;
    const code = error instanceof FailwellError ? error.code : 'harness';
    const message = error instanceof Error ? error.message : String(error);
    emit({ type: 'harness-error', code, message, ...where });
  };

  const runOne = async (session: Session, { scenario, target }: Pair) => {
    const where = { scenario: scenario.id, target: target.id };
    emit({ type: 'scenario-started', ...where });
    const outcome = await session.run(
      scenario,
      (entry) => emit({ type: 'entry', ...where, entry }),
      within,
      () => emit({ type: 'history-began', ...where, at: new Date().toISOString() }),
    );
    totals[outcome.verdict.value] += 1;
    emit({ type: 'scenario-finished', ...where, ...outcome, replay: options.replay(scenario.id, target.id) });
    if (options.bail && outcome.verdict.value === 'fail') stop.abort();
    return outcome.milliseconds;
  };

  /** Whether to try once more: a target that has been ready before may start again, one that never was will not. */
  const mayStartAgain = (target: Target) => {
    const failed = (startsFailed.get(target) ?? Number.POSITIVE_INFINITY) + 1;
    startsFailed.set(target, failed);
    return failed <= startsAgain;
  };

  const serve = async (target: Target, queue: Pair[], name: string, took: Schedule['took']) => {
    const { openStage } = options;
    let first = true;
    const lexicon = options.lexiconOf(target);
    await using session = openSession({ target, name, openStage, lexicon, twins, hold: options.hold });
    for (let pair = queue.shift(); pair !== undefined && !within.aborted; pair = queue.shift()) {
      try {
        const began = performance.now();
        const judging = await runOne(session, pair);
        const all = performance.now() - began;
        took(target, all, first ? all - judging : undefined);
        first = false;
        startsFailed.set(target, 0);
      } catch (error) {
        if (within.aborted) return;
        if (!(error instanceof FailwellError && error.code === 'target-not-ready')) {
          fail(error, { target: target.id, scenario: pair.scenario.id });
        } else if (mayStartAgain(target)) queue.unshift(pair);
        else {
          if (!givenUp.has(target)) fail(error, { target: target.id });
          givenUp.add(target);
          queue.length = 0;
        }
      }
    }
  };

  const work = async (name: string, { join, leave, took }: Schedule) => {
    for (let lane = await join(); lane !== undefined; lane = await join()) {
      const { target, queue } = lane;
      try {
        await serve(target, queue, name, took);
      } catch (error) {
        fail(error, { target: target.id });
      }
      leave(target);
    }
  };
  const pool = Array.from({ length: options.pool }, (_, index) => String(index + 1));
  for (const turn of turns([...queues.keys()])) {
    const scheduled = schedule(new Map(turn.map((target) => [target, queues.get(target)!])), within);
    await Promise.all(pool.map((name) => work(name, scheduled)));
  }

  const interrupted = signal.aborted;
  const { allowInconclusive, exitZero } = options;
  const exit = exitCode({ totals, errors, interrupted, allowInconclusive, exitZero });
  emit({
    type: 'run-finished',
    milliseconds: performance.now() - began,
    totals,
    interrupted,
    exit,
  });
  return exit;
}
