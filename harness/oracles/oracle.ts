import type { History } from '../model/history.ts';
import type { Requirement } from '../model/requirement.ts';
import type { Expected, Finding, Oracle } from '../model/scenario.ts';
import type { Declarations } from '../model/target.ts';

/** An oracle that can be paired with the sentence it enforces: `answers(401).by(rfc6750.invalidToken)`. */
export interface PairableOracle extends Oracle {
  by(requirement: Requirement): Expected;
}

/**
 * Makes an oracle of a pure function.
 * @param id reads like the call that made it
 * @param looks what a good and a bad answer look like, for people
 */
export function oracle(
  id: string,
  judge: (history: History, declared: Declarations) => Finding,
  looks?: Oracle['looks'],
): PairableOracle {
  const self: PairableOracle = {
    id,
    judge,
    by: (requirement) => ({ oracle: self, requirement }),
    ...(looks && { looks }),
  };
  return self;
}

/** Holds when any of them does; the finding says which. For sentences that permit alternatives. */
export function anyOf(...alternatives: readonly Oracle[]): PairableOracle {
  const first = alternatives.find(({ looks }) => looks !== undefined)?.looks;
  return oracle(
    `anyOf(${alternatives.map(({ id }) => id).join(', ')})`,
    (history, declared) => {
      const findings = alternatives.map(({ id, judge }) => ({ id, ...judge(history, declared) }));
      const held = findings.find(({ holds }) => holds === 'yes');
      if (held !== undefined) return { ...held, held: held.id };
      return {
        holds: findings.every(({ holds }) => holds === 'no') ? 'no' : 'unknown',
        observed: findings[0]?.observed ?? 'nothing',
        expected: findings.map(({ expected }) => expected).join(', or '),
        evidence: [...new Set(findings.flatMap(({ evidence }) => evidence))],
      };
    },
    first && { ...first, good: [...new Set(alternatives.flatMap(({ looks }) => looks?.good ?? []))].join('; or ') },
  );
}
