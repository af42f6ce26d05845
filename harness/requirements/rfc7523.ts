import { rfc } from './document.ts';

const { must } = rfc(7523);

/** JWT Profile for OAuth 2.0 Client Authentication and Authorization Grants. */
export const rfc7523 = {
  namesIssuer: must(
    '3',
    'names-issuer',
    'The JWT MUST contain an "iss" (issuer) claim that contains a unique identifier for the entity that issued the JWT.',
    { cwe: ['CWE-345'] },
  ),
  subjectIsClient: must(
    '3',
    'subject-is-client',
    'For client authentication, the subject MUST be the "client_id" of the OAuth client.',
    { cwe: ['CWE-287'] },
  ),
  expires: must(
    '3',
    'expires',
    'The JWT MUST contain an "exp" (expiration time) claim that limits the time window during which the JWT can be used.',
    { cwe: ['CWE-613'] },
  ),
  notBefore: must(
    '3',
    'not-before',
    'The JWT MAY contain an "nbf" (not before) claim that identifies the time before which the token MUST NOT be accepted for processing.',
    { cwe: ['CWE-613'] },
  ),
  signatureIsValid: must(
    '3',
    'signature-is-valid',
    'The authorization server MUST reject JWTs with an invalid signature or MAC.',
    { cwe: ['CWE-347'] },
  ),
  audienceIsSelf: must(
    '3',
    'audience-is-self',
    'The authorization server MUST reject any JWT that does not contain its own identity as the intended audience.',
    { cwe: ['CWE-345'] },
  ),
  notAfterExpiry: must(
    '3',
    'not-after-expiry',
    'The authorization server MUST reject any JWT with an expiration time that has passed, subject to allowable clock skew between systems.',
    { cwe: ['CWE-613'] },
  ),
};
