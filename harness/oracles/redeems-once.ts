import { oracle } from './oracle.ts';
import { exchangesTo, judgedStep } from './reading.ts';

/** The label that the recorder gave to a code; the same code has the same. */
const redeemed = /(?:^|&)code=(‹secret:code#\d+›)/;

/** No code went to the token endpoint twice, not even after an answer that was lost (RFC 6749 §4.1.2). */
export function redeemsOnce() {
  return oracle(
    'redeemsOnce()',
    (history) => {
      const expected = 'a code is redeemed once';
      const sent = exchangesTo(history, 'idp').flatMap(({ seq, exchange }) => {
        const [, code] = redeemed.exec(exchange.request?.body.text ?? '') ?? [];
        return code === undefined ? [] : [{ seq, code }];
      });
      const again = sent.filter(({ code }, index) => sent.findIndex((other) => other.code === code) < index);
      if (again.length > 0) {
        return {
          holds: 'no',
          observed: `a code was sent ${again.length + 1} times`,
          expected,
          evidence: again.map(({ seq }) => seq),
        };
      }
      const step = judgedStep(history);
      if (step === undefined) return { holds: 'unknown', observed: 'the stimulus never ended', expected, evidence: [] };
      return {
        holds: 'yes',
        observed: sent.length === 0 ? 'no code was sent' : 'each code was sent once',
        expected,
        evidence: sent.map(({ seq }) => seq),
      };
    },
    {
      good: 'one POST /token with the code, and an error when its answer is lost',
      bad: 'POST /token · code=… and then POST /token with the same code again',
    },
  );
}
