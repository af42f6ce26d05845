import { oracle } from './oracle.ts';
import { exchangesTo, judgedExchange, judgedStep } from './reading.ts';
import { answerLine } from './sayings.ts';

/** The judged step was accepted and the work was done: the API saw the very request. */
export function accepts() {
  return oracle(
    'accepts()',
    (history) => {
      const step = judgedStep(history);
      const expected = 'the request is let through and the API does the work';
      if (step === undefined || step.outcome === 'indeterminate') {
        return {
          holds: 'unknown',
          observed: step?.detail ?? 'the stimulus never ended',
          expected,
          evidence: step ? [step.seq] : [],
        };
      }
      const served = exchangesTo(history, 'api').find(({ exchange }) => exchange.correlation === step.step);
      const answer = judgedExchange(history);
      return {
        holds: step.outcome === 'accepted' && served !== undefined ? 'yes' : 'no',
        observed:
          step.outcome === 'accepted' && served === undefined ? `${step.detail}, but the API saw nothing` : step.detail,
        expected,
        evidence: [answer?.seq, served?.seq, step.seq].filter((seq) => seq !== undefined),
      };
    },
    { good: 'HTTP/1.1 200 OK, and the API saw GET /items/42', bad: answerLine(401, 'invalid_token') },
  );
}
