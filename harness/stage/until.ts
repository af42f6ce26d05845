import { deadlines } from '../model/deadlines.ts';
import { measured } from '../model/measure.ts';
import type { StepResult } from '../model/stage.ts';
import type { CallApi, StepOutcome } from '../model/step.ts';
import type { Target } from '../model/target.ts';
import { milliseconds } from '../model/time.ts';
import type { Logbook } from './logbook.ts';

/** Whether an outcome ends a repeated step; a try that does not end it is recorded as an attempt. */
export type Ends = (outcome: StepOutcome) => boolean;

/**
 * Repeats a step until its outcome is the wanted one, or the declared time and the harness's grace are over, or nobody
 * waits any longer, and records how long that took.
 */
export async function repeatUntil(
  { outcome, measure, declared }: NonNullable<CallApi['until']>,
  surroundings: {
    readonly target: Target;
    readonly book: Logbook;
    readonly now: () => number;
    readonly signal: AbortSignal;
  },
  once: (ends: Ends) => Promise<StepResult>,
): Promise<StepResult> {
  const { target, book, now, signal } = surroundings;
  const time = target.declares[declared];
  const limit = Math.min(deadlines.recovery + (time === undefined ? 0 : milliseconds(time.value)), deadlines.outlast);
  const began = now();
  // Decided before a try begins, so that it and whoever records it agree on whether it was the last.
  let last = false;
  const ends: Ends = (came) => came === outcome || came === 'indeterminate' || last;
  let result = await once(ends);
  while (!ends(result.outcome)) {
    await new Promise((resolve) => setTimeout(resolve, deadlines.untilPause));
    last = now() - began >= limit || signal.aborted;
    result = await once(ends);
  }
  const over = result.outcome !== outcome;
  book.record(measured(measure, { milliseconds: now() - began, over }, target.declares, declared));
  return result;
}
