import { oracle } from './oracle.ts';
import { judgedStep } from './reading.ts';

/** The target did not claim to have done what it was asked for: nobody is logged in, no work counts as done. */
export function saysNo() {
  return oracle(
    'saysNo()',
    (history) => {
      const step = judgedStep(history);
      const expected = 'an explicit no';
      if (step === undefined) return { holds: 'unknown', observed: 'the stimulus never ended', expected, evidence: [] };
      const holds = { refused: 'yes', accepted: 'no', indeterminate: 'unknown' } as const;
      return {
        holds: holds[step.outcome],
        observed: `${step.outcome}: ${step.detail}`,
        expected,
        evidence: [step.seq],
      };
    },
    { good: 'the login fails with an error', bad: 'somebody is logged in' },
  );
}
