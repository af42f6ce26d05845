import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { answersAsTokens, grantsOrRefuses, grantsRequest, refusesBasic, refusesGrant } from './expectations.ts';
import { allButLast, clientCredentials } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'client/credentials';
const refusedBasic = refusesBasic(rfc6749.clientsAuthenticate);
const refused = refusesGrant({ cause, by: rfc6749.clientsAuthenticate, error: 'invalid_client' });

/** White space is part of a secret, and some trim it all the same: nobody gets in who does not know the secret. */
const strayed = grantsOrRefuses({ cause, by: rfc6749.invalidClient, error: ['invalid_client', 'invalid_request'] });

/**
 * RFC 6749 §3.2.1: "Confidential clients or other clients issued client credentials MUST authenticate with the
 * authorization server as described in Section 2.3 when making requests to the token endpoint."
 */
export default table(
  {
    family: 'client-authentication',
    cause,
    remedy:
      'Compare the whole secret that was registered, take it from the header or from the form and from nowhere else, and say invalid_client.',
    needs: ['client-credentials', 'client-secret'],
  },
  {
    basic: {
      summary: 'The client authenticates by Basic, as it must be able to.',
      does: clientCredentials({ authentication: { by: 'basic' } }),
      expect: grantsRequest(rfc6749.supportsBasic, ...answersAsTokens),
    },
    'basic-encoded': {
      summary: 'The secret has characters that the client must form-encode before it puts them into Basic.',
      does: clientCredentials({
        client: 'awkward',
        authentication: { by: 'basic' },
        parameters: { scope: allButLast },
      }),
      expect: grantsRequest(rfc6749.basicIsEncoded),
    },
    'wrong-secret': {
      summary: 'The client secret is wrong.',
      does: clientCredentials({ authentication: { by: 'basic', secret: 'not-the-secret' } }),
      expect: refusedBasic,
    },
    'wrong-secret-in-form': {
      summary: 'The client secret in the form is wrong.',
      does: clientCredentials({ authentication: { by: 'post', secret: 'not-the-secret' } }),
      expect: refused,
    },
    'secret-cut': {
      summary: 'The client secret lacks its last character.',
      does: clientCredentials({ authentication: { secret: (right) => right.slice(0, -1) } }),
      expect: refused,
    },
    'secret-in-capitals': {
      summary: 'The client secret is the right one in capital letters.',
      does: clientCredentials({ authentication: { by: 'basic', secret: (right) => right.toUpperCase() } }),
      expect: refusedBasic,
    },
    'secret-and-more': {
      summary: 'The client secret has a character more at its end.',
      does: clientCredentials({ authentication: { by: 'basic', secret: '{right}0' } }),
      expect: refusedBasic,
    },
    'secret-with-nul': {
      summary: 'The right secret is followed by NUL and more.',
      does: clientCredentials({ authentication: { by: 'post', secret: '{right}\u0000more' } }),
      // No secret has such a character (RFC 6749 appendix A.2), so that the request may count as malformed.
      expect: refusesGrant({ cause, by: rfc6749.clientsAuthenticate, error: ['invalid_client', 'invalid_request'] }),
    },
    'secret-with-newline': {
      summary: 'The client secret has a newline at its end, as a file has.',
      does: clientCredentials({ authentication: { by: 'basic', secret: '{right}\n' } }),
      expect: strayed,
    },
    'secret-with-spaces': {
      summary: 'The client secret has spaces around it.',
      does: clientCredentials({ authentication: { by: 'post', secret: ' {right} ' } }),
      expect: strayed,
    },
    'empty-secret': {
      summary: 'The client secret is empty.',
      does: clientCredentials({ authentication: { by: 'basic', secret: '' } }),
      // An empty parameter counts as one that is missing (RFC 6749 §3.2).
      expect: refusesGrant({ cause, by: rfc6749.clientsAuthenticate, error: ['invalid_client', 'invalid_request'] }),
    },
    'no-secret': {
      summary: 'A confidential client names itself and proves nothing.',
      does: clientCredentials({ authentication: { by: 'none' } }),
      expect: refused,
    },
    nothing: {
      summary: 'The request names no client at all.',
      does: clientCredentials({ authentication: { by: 'nothing' } }),
      expect: refusesGrant({ cause, by: rfc6749.clientsAuthenticate, error: ['invalid_client', 'invalid_request'] }),
    },
    'unknown-client-in-form': {
      summary: 'There is no such client, and it authenticates in the form.',
      does: clientCredentials({ authentication: { by: 'post', id: 'nobody-here' } }),
      expect: refused,
    },
    'unknown-client': {
      summary: 'There is no such client.',
      does: clientCredentials({ authentication: { id: 'nobody-here' } }),
      expect: refused,
    },
    'secret-of-another': {
      summary: 'The secret is that of another client.',
      does: clientCredentials({ client: 'other', authentication: { id: 'failwell-client' } }),
      expect: refused,
    },
    'secret-in-url': {
      summary: 'Client id and secret stand in the URL of the request.',
      does: clientCredentials({ authentication: { by: 'query' } }),
      expect: refusesGrant({ cause, by: rfc6749.secretNotInUri, error: ['invalid_client', 'invalid_request'] }),
    },
    'two-methods': {
      summary: 'The client authenticates twice, in the header and in the form.',
      does: clientCredentials({ authentication: { by: 'both' } }),
      expect: grantsOrRefuses({
        cause,
        by: rfc6749.invalidRequest,
        error: ['invalid_request', 'invalid_client'],
      }),
    },
    'two-clients': {
      summary: 'One client authenticates in the header, and the form names another one.',
      does: clientCredentials({ authentication: { by: 'basic' }, parameters: { client_id: 'failwell-other' } }),
      expect: grantsOrRefuses({ cause, by: rfc6749.invalidRequest, error: ['invalid_request', 'invalid_client'] }),
    },
    'two-fields': {
      summary: 'The Authorization field stands in the request twice.',
      does: clientCredentials({ authentication: { by: 'basic' }, headers: { authorization: ['{right}', '{right}'] } }),
      expect: grantsOrRefuses({
        cause: 'request/headers',
        by: rfc6749.invalidRequest,
        error: ['invalid_request', 'invalid_client'],
      }),
      cause: 'request/headers',
    },
    'method-not-registered': {
      summary: 'A client that is registered for assertions authenticates by Basic, with the right secret.',
      does: clientCredentials({ client: 'assertion', authentication: { by: 'basic' } }),
      expect: grantsOrRefuses({ cause, by: rfc6749.invalidClient, error: 'invalid_client' }),
      needs: ['client-secret-jwt'],
    },
  },
);
