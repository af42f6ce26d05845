import { rfc } from './document.ts';

const { must, may } = rfc(9068);

/** JSON Web Token (JWT) Profile for OAuth 2.0 Access Tokens: only for targets that declare `format: rfc9068`. */
export const rfc9068 = {
  signed: must('2.1', 'signed', 'JWT access tokens MUST be signed.', { cwe: ['CWE-347'], asvs: ['9.1.1'] }),
  notNone: must('2.1', 'not-none', 'JWT access tokens MUST NOT use "none" as the signing algorithm.', {
    cwe: ['CWE-347'],
    asvs: ['9.1.2'],
  }),
  expiryRequired: must('2.2', 'expiry-required', 'exp REQUIRED - as defined in Section 4.1.4 of [RFC7519].', {
    cwe: ['CWE-613'],
    asvs: ['9.2.1'],
  }),
  audienceRequired: must('2.2', 'audience-required', 'aud REQUIRED - as defined in Section 4.1.3 of [RFC7519].', {
    asvs: ['9.2.3', '10.3.1'],
  }),
  issuerRequired: must('2.2', 'issuer-required', 'iss REQUIRED - as defined in Section 4.1.1 of [RFC7519].'),
  type: must(
    '4',
    'type',
    'The resource server MUST verify that the "typ" header value is "at+jwt" or "application/at+jwt" and reject tokens carrying any other value.',
    { asvs: ['9.2.2'] },
  ),
  issuer: must(
    '4',
    'issuer',
    'The issuer identifier for the authorization server (which is typically obtained during discovery) MUST exactly match the value of the "iss" claim.',
    { cwe: ['CWE-346'] },
  ),
  audience: must(
    '4',
    'audience',
    'The JWT access token MUST be rejected if "aud" does not contain a resource indicator of the current resource server as a valid audience.',
    { asvs: ['9.2.3', '10.3.1'] },
  ),
  signature: must(
    '4',
    'signature',
    'The resource server MUST validate the signature of all incoming JWT access tokens according to [RFC7515] using the algorithm specified in the JWT "alg" Header Parameter.',
    { cwe: ['CWE-347'], asvs: ['9.1.1'] },
  ),
  rejectNone: must(
    '4',
    'reject-none',
    'The resource server MUST reject any JWT in which the value of "alg" is "none".',
    { cwe: ['CWE-347'], asvs: ['9.1.2'] },
  ),
  expiry: must('4', 'expiry', 'The current time MUST be before the time represented by the "exp" claim.', {
    cwe: ['CWE-613'],
    asvs: ['9.2.1'],
  }),
  mayAllowLeeway: may(
    '4',
    'leeway',
    'Implementers MAY provide for some small leeway, usually no more than a few minutes, to account for clock skew.',
  ),
  errors: must('4', 'errors', 'The resource server MUST handle errors as described in Section 3.1 of [RFC6750].'),
};
