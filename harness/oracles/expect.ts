import type { Expectation, Expected, ExpectedOutcome, Property } from '../model/scenario.ts';

/** The oracles of each property; a property without any is not judged. */
export type Oracles = { readonly [P in Property]?: readonly Expected[] };

function expectation(outcome: ExpectedOutcome, oracles: Oracles): Expectation {
  const { safe = [], signal = [], diagnosis = [], discretion = [], resilience = [] } = oracles;
  return { outcome, properties: { safe, signal, diagnosis, discretion, resilience } };
}

/** The target must say no. */
export const refuse = (oracles: Oracles) => expectation('refuse', oracles);
/** The target must do the work. */
export const accept = (oracles: Oracles) => expectation('accept', oracles);
/** The target may do either, but one of them explicitly. */
export const either = (oracles: Oracles) => expectation('either', oracles);
/** Nothing is expected but what the oracles say: it is measured. */
export const observe = (oracles: Oracles) => expectation('observe', oracles);
