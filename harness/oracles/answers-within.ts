import { type Duration, milliseconds } from '../model/time.ts';
import { oracle } from './oracle.ts';
import { judgedStep } from './reading.ts';
import { answerLine } from './sayings.ts';

/** The judged step was answered within the deadline that the target declares, or else within this one. */
export function answersWithin(otherwise: Duration) {
  return oracle(
    `answersWithin(${otherwise})`,
    (history, declared) => {
      const step = judgedStep(history);
      // A gateway adds its own work to the deadline of the fetch behind it, and may try twice.
      const bound = 2 * milliseconds(declared.deadline?.value ?? otherwise) + 1_000;
      const expected = `an answer within ${bound} ms`;
      if (step === undefined) return { holds: 'unknown', observed: 'the stimulus never ended', expected, evidence: [] };
      return {
        // A connection that ended without an answer, or that nobody took, is none either.
        holds: step.took <= bound && step.outcome !== 'indeterminate' ? 'yes' : 'no',
        observed: `${step.detail} after ${Math.round(step.took)} ms`,
        expected,
        evidence: [step.seq],
      };
    },
    { good: answerLine(503), bad: 'no answer for as long as the IdP is silent' },
  );
}
