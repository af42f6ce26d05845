import { oracle, type PairableOracle } from './oracle.ts';
import { documentOf, entries, exchangesOfStep, judgedStep, redirectedTo, stimulusBegins } from './reading.ts';

/** The authorization response says who the IdP is: the issuer of the metadata that an earlier step read (RFC 9207). */
export function returnsIssuer(): PairableOracle {
  return oracle(
    'returnsIssuer()',
    (history) => {
      const metadata = documentOf(history, /\/\.well-known\//);
      const last = exchangesOfStep(history, judgedStep(history)?.step).at(-1);
      const to = last?.exchange.response && redirectedTo(last.exchange.response);
      const expected = `iss=${metadata?.issuer}`;
      if (metadata === undefined || last === undefined || to === undefined)
        return { holds: 'unknown', observed: 'no authorization response', expected, evidence: [] };
      if (metadata.authorization_response_iss_parameter_supported !== true)
        return { holds: 'unknown', observed: 'the metadata promises no iss', expected, evidence: [last.seq] };
      const iss = to.parameters.get('iss');
      const observed = iss === null ? 'no iss' : `iss=${iss}`;
      return { holds: iss === metadata.issuer ? 'yes' : 'no', observed, expected, evidence: [last.seq] };
    },
    { good: 'iss=https%3A%2F%2Fidp.example', bad: 'no iss in the response' },
  );
}

/** The ID token that the judged step got has the nonce of the authorization request. */
export function returnsNonce(): PairableOracle {
  const expected = 'the nonce of the request';
  return oracle(
    'returnsNonce()',
    (history) => {
      const [begins, ends] = [stimulusBegins(history), judgedStep(history)?.seq ?? 0];
      const sent = entries(history, 'exchange')
        .filter(({ seq }) => seq > begins)
        .map(({ exchange }) => new URLSearchParams(exchange.request?.path.replace(/^[^?]*\??/, '')).get('nonce'))
        .find((nonce) => nonce !== null);
      const token = entries(history, 'token').findLast(
        ({ seq, ref }) => seq > begins && seq < ends && ref.includes('id_token'),
      );
      const payload = token?.payload as { readonly nonce?: unknown } | undefined;
      if (sent === undefined || payload === undefined)
        return { holds: 'unknown', observed: 'no ID token', expected, evidence: token ? [token.seq] : [] };
      const observed = payload.nonce === undefined ? 'no nonce' : 'a nonce';
      return { holds: payload.nonce === sent ? 'yes' : 'no', observed, expected, evidence: [token!.seq] };
    },
    { good: '"nonce":"n-0S6_WzA2Mj", as it was sent', bad: 'an ID token without nonce' },
  );
}
