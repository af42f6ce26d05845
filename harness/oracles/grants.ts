import { oracle } from './oracle.ts';
import { exchangesOfStep, judgedStep } from './reading.ts';

/** The judged step was accepted: what was asked for was issued, or done. For an IdP; `accepts()` asks the API. */
export function grants() {
  const expected = 'what is asked for is granted';
  return oracle(
    'grants()',
    (history) => {
      const step = judgedStep(history);
      if (step === undefined || step.outcome === 'indeterminate')
        return { holds: 'unknown', observed: step?.detail ?? 'the stimulus never ended', expected, evidence: [] };
      const answer = exchangesOfStep(history, step.step).at(-1);
      return {
        holds: step.outcome === 'accepted' ? 'yes' : 'no',
        observed: step.detail,
        expected,
        evidence: [answer?.seq, step.seq].filter((seq) => seq !== undefined),
      };
    },
    {
      good: 'HTTP/1.1 200 OK · {"access_token":"2YotnFZFEjr1zCsicMWpAA","token_type":"Bearer"}',
      bad: 'HTTP/1.1 401 Unauthorized · {"error":"invalid_client"}',
    },
  );
}
