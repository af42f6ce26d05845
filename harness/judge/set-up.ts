import type { Step, StepOutcome } from '../model/step.ts';

/** Whether a step before the last came to what the scenario needs, so that the last one can be judged. */
export function setUp(step: Step | undefined, outcome: StepOutcome): boolean {
  if (step?.do === 'authorize' && step.comesTo === 'anything') return true;
  const right = (step?.do === 'ask-idp' && step.comesTo) || 'accepted';
  return right === 'either' ? outcome !== 'indeterminate' : outcome === right;
}
