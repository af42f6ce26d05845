import type { Random } from '../model/fault.ts';
import type { StepResult } from '../model/stage.ts';
import type { Step, StepOutcome } from '../model/step.ts';
import type { Performance } from './cast.ts';
import { describe } from './describe.ts';
import type { Logbook } from './logbook.ts';

/** What a step came to that sends nothing through a link of the target. */
interface Came {
  readonly outcome: StepOutcome;
  readonly detail: string;
  /** The marker of the token that the step was about. */
  readonly token?: string;
}

export type PlainDeed = () => Promise<Came>;

/** Does a step and records it when it is over. */
export function plainSteps(tools: {
  readonly book: Logbook;
  readonly now: () => number;
  readonly random: () => Random;
}): (step: Step, performance: Performance, does: PlainDeed) => Promise<StepResult> {
  const { book, now, random } = tools;
  return async (step, { phase, actor }, does) => {
    const began = now();
    const { outcome, detail, token } = await does();
    const result: StepResult = { step: `fw-${random().hex(6)}`, outcome, detail, took: now() - began };
    const about = { ...(actor !== undefined && { actor }), ...(token !== undefined && { token }) };
    book.record({ kind: 'step', ...result, phase, does: describe(step), ...about });
    return result;
  };
}
