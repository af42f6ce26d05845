import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { answersAsTokens, grantsOrRefuses, grantsRequest, refusesGrant } from './expectations.ts';
import { clientCredentials } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'client/credentials';
const refused = refusesGrant({ cause, by: rfc6749.clientsAuthenticate, error: 'invalid_client' });

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
      does: clientCredentials({ client: 'awkward', authentication: { by: 'basic' } }),
      expect: grantsRequest(rfc6749.basicIsEncoded),
    },
    'wrong-secret': {
      summary: 'The client secret is wrong.',
      does: clientCredentials({ authentication: { by: 'basic', secret: 'not-the-secret' } }),
      expect: refused,
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
  },
);
