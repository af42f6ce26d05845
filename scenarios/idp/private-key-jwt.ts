import type { JsonObject } from '../../harness/model/json.ts';
import type { Changes, ClientAuthentication } from '../../harness/model/step.ts';
import { openidRegistration } from '../../harness/requirements/openid-registration.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc7523 } from '../../harness/requirements/rfc7523.ts';
import { cause, claimingBy, ofEveryAssertion, refused } from './assertions.ts';
import { grantsRequest } from './expectations.ts';
import { unsigned } from './jwts.ts';
import { clientCredentials } from './stimuli.ts';
import { table } from './table.ts';

const asks = (authentication: ClientAuthentication, parameters: Changes = {}) =>
  clientCredentials({ client: 'key', authentication, parameters });
const claiming = claimingBy(asks);
const inSeconds = (right: JsonObject, seconds: number) => ({
  iat: Number(right.iat) + seconds,
  exp: Number(right.exp) + seconds,
});

/** RFC 7523 §3, for assertions that are signed with a private key of the client (OpenID Connect Core §9). */
export default table(
  {
    family: 'private-key-jwt',
    cause,
    remedy:
      'Verify the signature with a key that the client has registered and by the algorithm that it has registered, then iss, sub, aud, exp, nbf and jti, and say invalid_client.',
    needs: ['client-credentials', 'private-key-jwt'],
  },
  {
    right: {
      summary: 'A client authenticates by an assertion that it has signed, as it should be.',
      does: asks({}),
      expect: grantsRequest(rfc7523.signatureIsValid),
    },
    ...ofEveryAssertion(asks),
    'audience-in-list': {
      summary: 'aud is a list with the IdP alone in it.',
      does: claiming(({ aud }) => ({ aud: [aud ?? ''] })),
      expect: grantsRequest(rfc7523.audienceIsSelf),
    },
    'key-foreign': {
      summary: "The assertion is signed with another key, under the id of the client's own.",
      does: asks({ signed: 'foreign' }),
      expect: refused(rfc7523.signatureIsValid),
    },
    'public-key-as-secret': {
      summary: "The assertion is made by HMAC, with the client's public key for a secret.",
      does: asks({ signed: 'public-as-secret' }),
      expect: refused(rfc7523.signatureIsValid),
    },
    'alg-unregistered': {
      summary: 'The assertion is signed by PS256, where the client has registered RS256.',
      does: asks({ signed: 'PS256' }),
      expect: refused(openidRegistration.assertionAlgorithm),
    },
    'signature-empty': {
      summary: 'The assertion says RS256, and has no signature.',
      does: asks({ assertion: unsigned('RS256') }),
      expect: refused(rfc7523.signatureIsValid),
    },
    nothing: {
      summary: 'The client says who it is, and proves nothing.',
      does: asks({ by: 'none' }),
      expect: refused(rfc6749.clientsAuthenticate),
    },
    expired: {
      summary: 'The assertion expired an hour ago.',
      does: claiming((right) => inSeconds(right, -3_660)),
      expect: refused(rfc7523.notAfterExpiry),
    },
  },
);
