import { oracle } from './oracle.ts';
import { judgedStep } from './reading.ts';

/** The target did what it was asked for. */
export function succeeds() {
  return oracle(
    'succeeds()',
    (history) => {
      const step = judgedStep(history);
      const expected = 'it does what it was asked for';
      if (step === undefined) return { holds: 'unknown', observed: 'the stimulus never ended', expected, evidence: [] };
      const holds = { accepted: 'yes', refused: 'no', indeterminate: 'unknown' } as const;
      return {
        holds: holds[step.outcome],
        observed: `${step.outcome}: ${step.detail}`,
        expected,
        evidence: [step.seq],
      };
    },
    { good: 'the user is logged in', bad: 'the login fails with an error' },
  );
}
