import { returnsIssuer, returnsNonce } from '../../harness/oracles/returns.ts';
import { openidCore } from '../../harness/requirements/openid-core.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc9207 } from '../../harness/requirements/rfc9207.ts';
import { rfc9700 } from '../../harness/requirements/rfc9700.ts';
import { answersAsTokens, grantsCode, grantsRequest, refusesByRedirect } from './expectations.ts';
import { authorize, readDiscovery, redeem } from './stimuli.ts';
import { table } from './table.ts';

/** What the client compares: `state` (RFC 6749 §4.1.2), `iss` (RFC 9207 §2), `nonce` (OpenID Connect Core §2). */
export default table(
  {
    family: 'authorization-response',
    cause: 'attack/csrf',
    remedy:
      'Give back state and nonce as they came, and iss in every response, errors too, when the metadata promise it.',
    needs: ['authorization-code'],
  },
  {
    right: {
      summary: 'A user logs in, and the client gets its code and its state.',
      does: authorize(),
      expect: grantsCode(rfc6749.returnsState),
    },
    issuer: {
      summary: 'The metadata promise iss in the authorization response.',
      does: [readDiscovery(), authorize()],
      expect: grantsCode(rfc6749.returnsState, returnsIssuer().by(rfc9207.saysWhoItIs)),
      needs: ['response-iss'],
      cause: 'attack/mix-up',
    },
    'issuer-with-error': {
      summary: 'The metadata promise iss, and the response is an error.',
      does: [readDiscovery(), authorize({ parameters: { response_type: 'failwell' } })],
      expect: refusesByRedirect({
        cause: 'client/type',
        by: rfc6749.responseTypeUnderstood,
        error: ['unsupported_response_type', 'invalid_request'],
        also: [returnsIssuer().by(rfc9207.saysWhoItIs)],
      }),
      needs: ['response-iss'],
      cause: 'client/type',
    },
    'response-type-missing': {
      summary: 'There is no response type.',
      does: authorize({ parameters: { response_type: null } }),
      expect: refusesByRedirect({
        cause: 'client/type',
        by: rfc6749.responseTypeUnderstood,
        error: ['invalid_request', 'unsupported_response_type'],
      }),
      cause: 'client/type',
    },
    'token-in-front': {
      summary: 'A client asks for a token through the browser, which it is not registered for.',
      does: authorize({ parameters: { response_type: 'token' } }),
      expect: refusesByRedirect({
        cause: 'client/type',
        by: rfc9700.noTokenInFront,
        error: ['unauthorized_client', 'unsupported_response_type', 'invalid_request', 'access_denied'],
      }),
      cause: 'client/type',
    },
    nonce: {
      summary: 'The ID token has the nonce of the request.',
      does: [authorize(), redeem()],
      expect: grantsRequest(rfc6749.codeIsValid, ...answersAsTokens, returnsNonce().by(openidCore.returnsNonce)),
      needs: ['openid'],
    },
    'nonce-long': {
      summary: 'The nonce of the request has 1,000 characters.',
      does: [authorize({ parameters: { nonce: 'n'.repeat(1000) } }), redeem()],
      expect: grantsRequest(rfc6749.codeIsValid, ...answersAsTokens, returnsNonce().by(openidCore.returnsNonce)),
      needs: ['openid'],
    },
  },
);
