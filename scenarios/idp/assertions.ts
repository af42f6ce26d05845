import type { JsonObject } from '../../harness/model/json.ts';
import type { Requirement } from '../../harness/model/requirement.ts';
import type { Change, Changes, ClientAuthentication, Step } from '../../harness/model/step.ts';
import { openidCore } from '../../harness/requirements/openid-core.ts';
import { rfc6749 } from '../../harness/requirements/rfc6749.ts';
import { rfc7521 } from '../../harness/requirements/rfc7521.ts';
import { rfc7523 } from '../../harness/requirements/rfc7523.ts';
import { grantsRequest, refusesGrant } from './expectations.ts';
import { flipped, tampered, unsigned } from './jwts.ts';
import type { Variant } from './table.ts';

export const cause = 'client/credentials';

/** The request is refused, in the words for clients that did not authenticate. */
export const refused = (by: Requirement) => refusesGrant({ cause, by, error: ['invalid_client', 'invalid_request'] });

type Asks = (authentication: ClientAuthentication, parameters?: Changes) => Step;

/** An assertion with other claims, made of the right ones. */
export const claimingBy = (asks: Asks) => (claims: (right: JsonObject) => JsonObject) =>
  asks({ claims: (right) => ({ ...right, ...claims(right) }) });

/**
 * RFC 7523 §3: what the authorization server MUST ask of any assertion of a client, whatever it is made with.
 * `asks` sends a request of a client that authenticates by such an assertion.
 */
export function ofEveryAssertion(asks: Asks): { readonly [variant: string]: Variant } {
  const claiming = claimingBy(asks);
  const lacking = (name: string) => asks({ claims: ({ [name]: _, ...others }) => others });
  const sending = (assertion: Change) => asks({ assertion });
  return {
    'without-client-id': {
      summary: 'The request has no client_id besides: the assertion says it.',
      does: asks({}, { client_id: null }),
      expect: grantsRequest(rfc7523.subjectIsClient),
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
      does: asks({ id: 'failwell-other' }),
      expect: refused(rfc7521.sameClient),
    },
    'expiry-missing': {
      summary: 'The assertion never expires.',
      does: lacking('exp'),
      expect: refused(rfc7523.expires),
    },
    'not-before-future': {
      summary: 'The assertion is good from an hour from now on.',
      does: claiming((right) => ({ nbf: Number(right.iat) + 3600, exp: Number(right.exp) + 7200 })),
      expect: refused(rfc7523.notBefore),
    },
    replayed: {
      summary: 'An assertion is used a second time.',
      does: [0, 1].map(() => claiming(({ iss }) => ({ jti: `used twice by ${iss}` }))),
      expect: refused(openidCore.assertionUsedOnce),
    },
  };
}
