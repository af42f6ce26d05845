import type { JsonObject } from '../../harness/model/json.ts';
import type { Requirement } from '../../harness/model/requirement.ts';
import type { Change, ClientAuthentication } from '../../harness/model/step.ts';
import { openidCore } from '../../harness/requirements/openid-core.ts';
import { openidRegistration } from '../../harness/requirements/openid-registration.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc7521 } from '../../harness/requirements/rfc7521.ts';
import { rfc7523 } from '../../harness/requirements/rfc7523.ts';
import { grantsRequest, refusesGrant } from './expectations.ts';
import { flipped, tampered, unsigned } from './jwts.ts';
import { clientCredentials } from './stimuli.ts';
import { table } from './table.ts';

const cause = 'client/credentials';
const asking = (authentication: ClientAuthentication = {}) => clientCredentials({ client: 'key', authentication });
const claiming = (claims: (right: JsonObject) => JsonObject) =>
  asking({ claims: (right) => ({ ...right, ...claims(right) }) });
const lacking = (name: string) => asking({ claims: ({ [name]: _, ...others }) => others });
const sending = (assertion: Change) => asking({ assertion });
const refused = (by: Requirement) => refusesGrant({ cause, by, error: ['invalid_client', 'invalid_request'] });
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
      does: asking(),
      expect: grantsRequest(rfc7523.signatureIsValid),
    },
    'without-client-id': {
      summary: 'The request has no client_id besides: the assertion says it.',
      does: clientCredentials({ client: 'key', parameters: { client_id: null } }),
      expect: grantsRequest(rfc7523.subjectIsClient),
    },
    'audience-in-list': {
      summary: 'aud is a list with the IdP alone in it.',
      does: claiming(({ aud }) => ({ aud: [aud ?? ''] })),
      expect: grantsRequest(rfc7523.audienceIsSelf),
    },
    'signature-wrong': {
      summary: 'The signature is wrong.',
      does: sending(flipped),
      expect: refused(rfc7523.signatureIsValid),
    },
    'payload-changed': {
      summary: 'The claims were changed after the assertion was made.',
      does: sending(tampered),
      expect: refused(rfc7523.signatureIsValid),
    },
    'key-foreign': {
      summary: "The assertion is signed with another key, under the id of the client's own.",
      does: asking({ signed: 'foreign' }),
      expect: refused(rfc7523.signatureIsValid),
    },
    'public-key-as-secret': {
      summary: "The assertion is made by HMAC, with the client's public key for a secret.",
      does: asking({ signed: 'public-as-secret' }),
      expect: refused(rfc7523.signatureIsValid),
    },
    'alg-unregistered': {
      summary: 'The assertion is signed by PS256, where the client has registered RS256.',
      does: asking({ signed: 'PS256' }),
      expect: refused(openidRegistration.assertionAlgorithm),
    },
    'alg-none': {
      summary: 'The assertion says that it is not signed.',
      does: sending(unsigned('none')),
      expect: refused(rfc7523.signatureIsValid),
    },
    'alg-none-in-capitals': {
      summary: 'The assertion says NONE, and is not signed.',
      does: sending(unsigned('NONE')),
      expect: refused(rfc7523.signatureIsValid),
    },
    'signature-empty': {
      summary: 'The assertion says RS256, and has no signature.',
      does: sending(unsigned('RS256')),
      expect: refused(rfc7523.signatureIsValid),
    },
    'no-jwt': {
      summary: 'The assertion is no JWT.',
      does: sending('assertion'),
      expect: refused(rfc7523.signatureIsValid),
    },
    missing: {
      summary: 'There is no assertion, but its type is there.',
      does: sending(null),
      expect: refused(rfc6749.clientsAuthenticate),
    },
    nothing: {
      summary: 'The client says who it is, and proves nothing.',
      does: asking({ by: 'none' }),
      expect: refused(rfc6749.clientsAuthenticate),
    },
    'audience-other': {
      summary: 'The assertion is for another IdP.',
      does: claiming(() => ({ aud: 'https://honest.example' })),
      expect: refused(rfc7523.audienceIsSelf),
    },
    'audience-missing': {
      summary: 'The assertion does not say for whom it is.',
      does: lacking('aud'),
      expect: refused(rfc7523.audienceIsSelf),
    },
    'issuer-other': {
      summary: 'iss names another client.',
      does: claiming(() => ({ iss: 'failwell-other' })),
      expect: refused(openidCore.assertionIssuer),
    },
    'issuer-missing': {
      summary: 'There is no iss.',
      does: lacking('iss'),
      expect: refused(rfc7523.namesIssuer),
    },
    'subject-other': {
      summary: 'sub names another client than client_id.',
      does: claiming(() => ({ sub: 'failwell-other' })),
      expect: refused(rfc7523.subjectIsClient),
    },
    'subject-missing': {
      summary: 'There is no sub.',
      does: lacking('sub'),
      expect: refused(rfc7523.subjectIsClient),
    },
    'client-id-other': {
      summary: 'client_id names another client than the assertion.',
      does: asking({ id: 'failwell-other' }),
      expect: refused(rfc7521.sameClient),
    },
    'expiry-missing': {
      summary: 'The assertion never expires.',
      does: lacking('exp'),
      expect: refused(rfc7523.expires),
    },
    expired: {
      summary: 'The assertion expired an hour ago.',
      does: claiming((right) => inSeconds(right, -3_660)),
      expect: refused(rfc7523.notAfterExpiry),
    },
    'not-before-future': {
      summary: 'The assertion is good from an hour from now on.',
      does: claiming((right) => ({ nbf: Number(right.iat) + 3600, exp: Number(right.exp) + 7200 })),
      expect: refused(rfc7523.notBefore),
    },
    replayed: {
      summary: 'An assertion is used a second time.',
      does: [0, 1].map(() => claiming(() => ({ jti: 'signed-and-used-twice' }))),
      expect: refused(openidCore.assertionUsedOnce),
    },
  },
);
