import type { Fault } from '../model/fault.ts';
import type { Step } from '../model/step.ts';

/** The flaws of the tokens and proofs that a step uses, the parts of a parallel step included. */
export function flawsOf(step: Step): readonly Fault<'access-token' | 'dpop-proof'>[] {
  if (step.do === 'parallel') return step.steps.flatMap((part) => flawsOf(part.step));
  return step.do === 'call-api' ? [...(step.token?.flaws ?? []), ...(step.proof?.flaws ?? [])] : [];
}
