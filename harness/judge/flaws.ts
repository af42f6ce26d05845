import type { AnyFault } from '../model/fault.ts';
import type { Step } from '../model/step.ts';

/**
 * The flaws of the tokens and proofs that a step uses, the parts of a parallel step included. Of a ladder it is the most
 * that is tried, and what stands meanwhile: that is always met.
 */
export function flawsOf(step: Step): readonly AnyFault[] {
  if (step.do === 'parallel') return step.steps.flatMap((part) => flawsOf(part.step));
  if (step.do === 'ladder') {
    const { step: most, placed } = step.rung(step.upTo);
    return [...flawsOf(most), ...(placed === undefined ? [] : [placed.fault])];
  }
  return step.do === 'call-api' ? [...(step.token?.flaws ?? []), ...(step.proof?.flaws ?? [])] : [];
}
