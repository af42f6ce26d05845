import type { Expectation, Expected, ExpectedOutcome, Property } from '../model/scenario.ts';

/** The oracles of each property; a property without any is not judged. */
export type Oracles = { readonly [P in Property]?: readonly Expected[] };

function expectation(outcome: ExpectedOutcome, oracles: Oracles): Expectation {
  const { safe = [], signal = [], diagnosis = [], discretion = [], resilience = [] } = oracles;
  return { outcome, properties: { safe, signal, diagnosis, discretion, resilience } };
}

/**
 * The target must say no. Where it let through what it MUST not, that breach is the finding: there is no refusal whose
 * words could be judged.
 */
export function refuse(oracles: Oracles): Expectation {
  const { safe = [], signal = [], diagnosis = [] } = oracles;
  const must = safe.filter(({ requirement }) => requirement.level === 'MUST');
  const ofRefusal = ({ oracle, requirement }: Expected): Expected => ({
    requirement,
    oracle: {
      ...oracle,
      judge: (history, declared) => {
        const breach = must.map((each) => each.oracle.judge(history, declared)).find(({ holds }) => holds === 'no');
        if (breach === undefined) return oracle.judge(history, declared);
        const { evidence } = breach;
        return { holds: 'unknown', observed: 'it was let through', expected: 'a refusal to judge', evidence };
      },
    },
  });
  return expectation('refuse', { ...oracles, signal: signal.map(ofRefusal), diagnosis: diagnosis.map(ofRefusal) });
}
/** The target must do the work. */
export const accept = (oracles: Oracles) => expectation('accept', oracles);
/** The target may do either, but one of them explicitly. */
export const either = (oracles: Oracles) => expectation('either', oracles);
/** Nothing is expected but what the oracles say: it is measured. */
export const observe = (oracles: Oracles) => expectation('observe', oracles);
