import type { Oracle } from '../model/scenario.ts';
import { oracle, type PairableOracle } from './oracle.ts';
import { judgedStep } from './reading.ts';

/** Asks only when the target refused; for scenarios in which it may also accept. */
export function whenRefused(inner: Oracle): PairableOracle {
  return oracle(
    `whenRefused(${inner.id})`,
    (history, declared) => {
      const step = judgedStep(history);
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
