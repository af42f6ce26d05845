import type { Changes, ClientAuthentication } from '../../harness/model/step.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc7523 } from '../../harness/requirements/rfc7523.ts';
import { cause, ofEveryAssertion, refused } from './assertions.ts';
import { grantsRequest } from './expectations.ts';
import { unsigned } from './jwts.ts';
import { clientCredentials } from './stimuli.ts';
import { table } from './table.ts';

const asks = (authentication: ClientAuthentication, parameters: Changes = {}) =>
  clientCredentials({ client: 'assertion', authentication: { by: 'jwt', ...authentication }, parameters });

/** RFC 7523 §3, for assertions whose MAC is made with the secret of the client (OpenID Connect Core §9). */
export default table(
  {
    family: 'client-assertion',
    cause,
    remedy:
      'Verify the MAC or signature with the key of the client, and then iss, sub, aud, exp, nbf and jti, and say invalid_client.',
    needs: ['client-credentials', 'client-secret-jwt'],
  },
  {
    right: {
      summary: 'A client authenticates by an assertion, as it should be.',
      does: asks({}),
      expect: grantsRequest(rfc7523.signatureIsValid),
    },
    ...ofEveryAssertion(asks),
    'key-of-another': {
      summary: 'The assertion is made with the secret of another client.',
      does: asks({ secret: 'other-secret-4b8d0e6c2a97' }),
      expect: refused(rfc7523.signatureIsValid),
    },
    'alg-other': {
      summary: 'The assertion says RS256, and is not signed.',
      does: asks({ assertion: unsigned('RS256') }),
      expect: refused(rfc7523.signatureIsValid),
    },
    'type-other': {
      summary: 'client_assertion_type is that of SAML.',
      does: asks({}, { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' }),
      expect: refused(rfc6749.clientsAuthenticate),
    },
  },
);
