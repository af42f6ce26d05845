import type { Oracle } from '../model/scenario.ts';
import { oracle, type PairableOracle } from './oracle.ts';
import { judgedStep } from './reading.ts';

/**
 * Asks only when the target refused; for scenarios in which it may also accept.
 * @param unless nothing is asked when one of these holds either
 */
export function whenRefused(inner: Oracle, ...unless: readonly Oracle[]): PairableOracle {
  return oracle(
    `whenRefused(${inner.id})`,
    (history, declared) => {
      const step = judgedStep(history);
      const excused = unless.map((other) => other.judge(history, declared)).find(({ holds }) => holds === 'yes');
      if (excused !== undefined) return excused;
      if (step?.outcome !== 'accepted') return inner.judge(history, declared);
      return {
        holds: 'yes',
        observed: `accepted: ${step.detail}`,
        expected: 'nothing, since it accepted',
        evidence: [step.seq],
      };
    },
    inner.looks,
  );
}
