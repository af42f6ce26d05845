import { openid } from './document.ts';

const { must, should } = openid('openid-connect-core-1_0');

/** OpenID Connect Core 1.0. */
export const openidCore = {
  returnsNonce: must(
    '2',
    'returns-nonce',
    'Authorization Servers MUST include a nonce Claim in the ID Token with the Claim Value being the nonce value sent in the Authentication Request.',
    { cwe: ['CWE-294'] },
  ),
  issuerClaim: must(
    '2',
    'issuer-claim',
    'REQUIRED. Issuer Identifier for the Issuer of the response. The iss value is a case-sensitive URL',
  ),
  subjectLength: must('2', 'subject-length', 'It MUST NOT exceed 255 ASCII [RFC20] characters in length.'),
  audienceClaim: must(
    '2',
    'audience-claim',
    'It MUST contain the OAuth 2.0 client_id of the Relying Party as an audience value.',
  ),
  expiryClaim: must(
    '2',
    'expiry-claim',
    'REQUIRED. Expiration time on or after which the ID Token MUST NOT be accepted by the RP when performing authentication with the OP.',
  ),
  issuedAtClaim: must('2', 'issued-at-claim', 'REQUIRED. Time at which the JWT was issued.'),
  authTimeWithMaxAge: must(
    '3.1.2.1',
    'auth-time-with-max-age',
    'When max_age is used, the ID Token returned MUST include an auth_time Claim Value.',
  ),
  // What is OPTIONAL for one side, the other must do without (RFC 2119 §5).
  nonceOptional: must(
    '3.1.2.1',
    'nonce-optional',
    'OPTIONAL. String value used to associate a Client session with an ID Token, and to mitigate replay attacks.',
  ),
  maxAgeReauthenticates: must(
    '3.1.2.1',
    'max-age-reauthenticates',
    'If the elapsed time is greater than this value, the OP MUST attempt to actively re-authenticate the End-User.',
    { cwe: ['CWE-613'], asvs: ['10.6.1'] },
  ),
  promptLogin: should(
    '3.1.2.1',
    'prompt-login',
    'The Authorization Server SHOULD prompt the End-User for reauthentication.',
  ),
  userinfoSubject: must(
    '5.3.2',
    'userinfo-subject',
    'The sub (subject) Claim MUST always be returned in the UserInfo Response.',
  ),
  getAndPost: must(
    '3.1.2.1',
    'get-and-post',
    'Authorization Servers MUST support the use of the HTTP GET and POST methods',
  ),
  unknownScopesIgnored: should(
    '3.1.2.1',
    'unknown-scopes-ignored',
    'Scope values used that are not understood by an implementation SHOULD be ignored.',
  ),
  /** Declarative in the text, so never more than a warning. */
  promptNoneAlone: should(
    '3.1.2.1',
    'prompt-none-alone',
    'If this parameter contains none with any other value, an error is returned.',
  ),
  issuerMatches: must(
    '3.1.3.7',
    'issuer-matches',
    'The Issuer Identifier for the OpenID Provider (which is typically obtained during Discovery) MUST exactly match the value of the iss (issuer) Claim.',
    { cwe: ['CWE-346'], asvs: ['10.5.3'] },
  ),
  audienceIsClient: must(
    '3.1.3.7',
    'audience-is-client',
    'The ID Token MUST be rejected if the ID Token does not list the Client as a valid audience, or if it contains additional audiences not trusted by the Client.',
    { cwe: ['CWE-345'], asvs: ['10.5.4'] },
  ),
  /** Declarative in the text, so never more than a warning. */
  subjectIsThere: should(
    '2',
    'subject-is-there',
    'A locally unique and never reassigned identifier within the Issuer for the End-User, which is intended to be consumed by the Client',
    { cwe: ['CWE-287'], asvs: ['10.5.2'] },
  ),
  noneMustNotBe: must(
    '2',
    'none-must-not-be',
    'ID Tokens MUST NOT use none as the alg value unless the Response Type used returns no ID Token from the Authorization Endpoint (such as when using the Authorization Code Flow) and the Client explicitly requested the use of none at Registration time.',
    { cwe: ['CWE-347'], asvs: ['9.1.2'] },
  ),
  keysOfIssuer: must('3.1.3.7', 'keys-of-issuer', 'The Client MUST use the keys provided by the Issuer.', {
    cwe: ['CWE-347'],
    asvs: ['9.1.3'],
  }),
  /** Put as what the ID token must be, not as what the client does, so never more than a warning. */
  refreshedIssuerSame: should(
    '12.2',
    'refreshed-issuer-same',
    'its iss Claim Value MUST be the same as in the ID Token issued when the original authentication occurred',
    { cwe: ['CWE-346'] },
  ),
  /** As above. */
  refreshedSubjectSame: should(
    '12.2',
    'refreshed-subject-same',
    'its sub Claim Value MUST be the same as in the ID Token issued when the original authentication occurred',
    { cwe: ['CWE-287'] },
  ),
  /** Of the server, which puts it in. */
  refreshedSame: must(
    '12.2',
    'refreshed-same',
    'its sub Claim Value MUST be the same as in the ID Token issued when the original authentication occurred',
    { cwe: ['CWE-287'] },
  ),
  /** Whom a client trusts besides is its own to say, so never more than a warning. */
  audienceTrusted: should(
    '3.1.3.7',
    'audience-trusted',
    'or if it contains additional audiences not trusted by the Client.',
    { cwe: ['CWE-345'], asvs: ['10.5.4'] },
  ),
  notExpired: must('3.1.3.7', 'not-expired', 'The current time MUST be before the time represented by the exp Claim.', {
    cwe: ['CWE-613'],
    asvs: ['9.2.1'],
  }),
  nonceMatches: must(
    '3.1.3.7',
    'nonce-matches',
    'If a nonce value was sent in the Authentication Request, a nonce Claim MUST be present and its value checked to verify that it is the same value as the one that was sent in the Authentication Request.',
    { cwe: ['CWE-294'], asvs: ['10.5.1'] },
  ),
  /** Declarative in the text, so never more than a warning. */
  promptNoneError: should(
    '3.1.2.1',
    'prompt-none-error',
    'An error is returned if an End-User is not already authenticated',
  ),
  userinfoSubjectMatches: must(
    '5.3.2',
    'userinfo-subject-matches',
    'The sub Claim in the UserInfo Response MUST be verified to exactly match the sub Claim in the ID Token; if they do not match, the UserInfo Response values MUST NOT be used.',
    { cwe: ['CWE-345'] },
  ),
  userinfoMethods: must(
    '5.3',
    'userinfo-methods',
    'The UserInfo Endpoint MUST support the use of the HTTP GET and HTTP POST methods',
  ),
  /** Declarative in the text, so never more than a warning. */
  userinfoError: should(
    '5.3.3',
    'userinfo-error',
    'When an error condition occurs, the UserInfo Endpoint returns an Error Response as defined in Section 3 of OAuth 2.0 Bearer Token Usage [RFC6750].',
  ),
  kidWhereSeveral: must(
    '10.1',
    'kid-where-several',
    'If there are multiple keys in the referenced JWK Set document, a kid value MUST be provided in the JOSE Header.',
  ),
  /** Declarative in the text, so never more than a warning. */
  refetchOnUnknownKid: should(
    '10.1.1',
    'refetch-on-unknown-kid',
    'The verifier knows to go back to the jwks_uri location to re-retrieve the keys when it sees an unfamiliar kid value.',
  ),
  retainOldKeys: should(
    '10.1.1',
    'retain-old-keys',
    'The JWK Set document at the jwks_uri SHOULD retain recently decommissioned signing keys for a reasonable period of time to facilitate a smooth transition.',
  ),
  assertionIssuer: must('9', 'assertion-issuer', 'This MUST contain the client_id of the OAuth Client.', {
    cwe: ['CWE-345'],
  }),
  /** It says who uses it, and not who refuses it: at most a warning. */
  assertionUsedOnce: should(
    '9',
    'assertion-used-once',
    'These tokens MUST only be used once, unless conditions for reuse were negotiated between the parties',
    { cwe: ['CWE-294'] },
  ),
};
