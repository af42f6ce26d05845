import { oracle } from './oracle.ts';
import { fieldValues, judgedExchange, schemesOf } from './reading.ts';

/** The answer has a `WWW-Authenticate` field with a challenge of this scheme (case-insensitive, RFC 9110 §11.1). */
export function challenges(scheme: string) {
  const expected = `WWW-Authenticate: ${scheme} …`;
  return oracle(
    `challenges(${scheme})`,
    (history) => {
      const judged = judgedExchange(history);
      const response = judged?.exchange.response;
      if (judged === undefined || response === undefined)
        return { holds: 'unknown', observed: 'no answer', expected, evidence: [] };
      const values = fieldValues(response.headers, 'www-authenticate');
      const right = values.some((value) => schemesOf(value).includes(scheme.toLowerCase()));
      return {
        holds: right ? 'yes' : 'no',
        observed:
          values.length === 0
            ? `${response.status} without WWW-Authenticate`
            : `WWW-Authenticate: ${values.join(', ')}`,
        expected,
        evidence: [judged.seq],
      };
    },
    {
      good: `HTTP/1.1 401 Unauthorized · WWW-Authenticate: ${scheme} realm="api"`,
      bad: 'HTTP/1.1 401 Unauthorized · {"error":"unauthorized"}',
    },
  );
}
