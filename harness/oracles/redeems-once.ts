import type { Exchange } from '../model/exchange.ts';
import { oracle } from './oracle.ts';
import { exchangesTo, fieldValues, judgedStep } from './reading.ts';

/** The label that the recorder gave to a code; the same code has the same. */
const redeemed = /(?:^|&)code=(‹secret:code#\d+›)/;

/** Whether a request goes where the one before it was sent on to, with its method and body (RFC 9110 §15.4.8, §15.4.9). */
function follows(before: Exchange | undefined, { request }: Exchange): boolean {
  const { response, request: asked } = before ?? {};
  const [location] = fieldValues(response?.headers ?? [], 'location');
  if ((response?.status !== 307 && response?.status !== 308) || location === undefined) return false;
  const base = `https://idp${asked?.path ?? '/'}`;
  if (!URL.canParse(location, base)) return false;
  const { pathname, search } = new URL(location, base);
  return request?.path === pathname + search;
}

/**
 * No code went to the token endpoint twice, not even after an answer that was lost (RFC 6749 §4.1.2). One that was sent on
 * is still on its first way.
 */
export function redeemsOnce() {
  return oracle(
    'redeemsOnce()',
    (history) => {
      const expected = 'a code is redeemed once';
      const sent = exchangesTo(history, 'idp').flatMap(({ seq, exchange }) => {
        const [, code] = redeemed.exec(exchange.request?.body.text ?? '') ?? [];
        return code === undefined ? [] : [{ seq, code, exchange }];
      });
      const again = sent.filter(({ code, exchange }, index) => {
        const before = sent.slice(0, index).findLast((other) => other.code === code);
        return before !== undefined && !follows(before.exchange, exchange);
      });
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
