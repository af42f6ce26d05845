import { oracle, type PairableOracle } from './oracle.ts';
import { exchangesOfStep, fieldValues, judgedStep, redirectedTo } from './reading.ts';

/** No answer to the judged step sends the browser to another host; when one is named, only that one is meant. */
export function redirectsNowhere(bad?: string): PairableOracle {
  const expected = bad === undefined ? 'the browser stays at the IdP' : `the browser is not sent to ${bad}`;
  return oracle(
    `redirectsNowhere(${bad ?? ''})`,
    (history) => {
      const answers = exchangesOfStep(history, judgedStep(history)?.step);
      for (const { seq, exchange } of answers) {
        const to = exchange.response && redirectedTo(exchange.response);
        const [host] = fieldValues(exchange.request?.headers ?? [], 'host');
        // A URL with a scheme and no host (`javascript:…`, `com.example:/…`) leads away as well.
        const away = to !== undefined && (to.host === undefined ? to.origin !== '' : to.host !== host);
        if (away && (bad === undefined || to.host === bad))
          return { holds: 'no', observed: `redirected to ${to.origin}${to.path}`, expected, evidence: [seq] };
      }
      const evidence = answers.map(({ seq }) => seq);
      if (answers.length === 0) return { holds: 'unknown', observed: 'no answer', expected, evidence };
      return { holds: 'yes', observed: 'not redirected', expected, evidence };
    },
    {
      good: 'HTTP/1.1 400 Bad Request, and a page that says what is wrong',
      bad: 'HTTP/1.1 302 Found · Location: https://attacker.example/?error=invalid_request',
    },
  );
}

/** The last answer to the judged step sends the browser back to the client with one of these errors; any when none is named. */
export function redirectsWithError(...errors: readonly string[]): PairableOracle {
  const named = errors.join(' or ');
  const expected = `a redirection with error=${named || '…'}`;
  return oracle(
    `redirectsWithError(${named})`,
    (history) => {
      const last = exchangesOfStep(history, judgedStep(history)?.step).at(-1);
      const response = last?.exchange.response;
      if (last === undefined || response === undefined)
        return { holds: 'unknown', observed: 'no answer', expected, evidence: [] };
      const error = redirectedTo(response)?.parameters.get('error') ?? undefined;
      const right = error !== undefined && (errors.length === 0 || errors.includes(error));
      return {
        holds: right ? 'yes' : 'no',
        observed: error === undefined ? `${response.status} without an error for the client` : `error=${error}`,
        expected,
        evidence: [last.seq],
      };
    },
    {
      good: `HTTP/1.1 302 Found · Location: https://client.example/callback?error=${errors[0] ?? 'invalid_request'}&state=xyz`,
      bad: 'HTTP/1.1 500 Internal Server Error',
    },
  );
}

/** The authorization response gives back the `state` of its request, unchanged. */
export function returnsState(): PairableOracle {
  const expected = 'the state of the request';
  return oracle(
    'returnsState()',
    (history) => {
      const exchanges = exchangesOfStep(history, judgedStep(history)?.step);
      const [first] = exchanges;
      const last = exchanges.at(-1);
      const response = last?.exchange.response;
      const sent = new URLSearchParams(
        first?.exchange.request?.path.replace(/^[^?]*\??/, '') || first?.exchange.request?.body.text,
      ).get('state');
      const to = response && redirectedTo(response);
      const evidence = [first?.seq, last?.seq].filter((seq) => seq !== undefined);
      if (sent === null || to === undefined)
        return { holds: 'unknown', observed: 'no authorization response', expected, evidence };
      const back = to.parameters.get('state');
      return {
        holds: back === sent ? 'yes' : 'no',
        observed: back === null ? 'no state' : back === sent ? 'the same state' : 'another state',
        expected,
        evidence,
      };
    },
    { good: 'state=xyz, as it was sent', bad: 'no state in the response' },
  );
}

/** Parameters of authorization responses (RFC 6749 §4.1.2, §4.2.2, RFC 9207 §2). */
const responded = new Set(['code', 'state', 'iss', 'error', 'error_description', 'access_token', 'id_token']);

/** No redirection of the judged step holds a parameter twice. */
export function repeatsNothing(): PairableOracle {
  const expected = 'each parameter once';
  return oracle(
    'repeatsNothing()',
    (history) => {
      const answers = exchangesOfStep(history, judgedStep(history)?.step);
      for (const { seq, exchange } of answers) {
        const parameters = exchange.response && redirectedTo(exchange.response)?.parameters;
        // A redirection within the IdP may carry the request on.
        if (parameters === undefined || !(parameters.has('code') || parameters.has('error'))) continue;
        const names = [...parameters.keys()];
        const twice = names.find((name, at) => names.indexOf(name) !== at && responded.has(name));
        if (twice !== undefined) return { holds: 'no', observed: `${twice} stands twice`, expected, evidence: [seq] };
      }
      const evidence = answers.map(({ seq }) => seq);
      if (answers.length === 0) return { holds: 'unknown', observed: 'no answer', expected, evidence };
      return { holds: 'yes', observed: 'each stands once', expected, evidence };
    },
    { good: 'code=x&state=xyz', bad: 'code=x&state=xyz&state=abc' },
  );
}
