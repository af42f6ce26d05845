import { rfc } from './document.ts';

const { must, may } = rfc(7519);
const validity = { cwe: ['CWE-613'], asvs: ['9.2.1'] };

/** JSON Web Token (JWT). */
export const rfc7519 = {
  ignoreUnknownClaims: must(
    '4',
    'ignore-unknown-claims',
    'all claims that are not understood by implementations MUST be ignored.',
  ),
  issuerCaseSensitive: must(
    '4.1.1',
    'issuer-case-sensitive',
    'The "iss" value is a case-sensitive string containing a StringOrURI value.',
    { cwe: ['CWE-346'] },
  ),
  audience: must(
    '4.1.3',
    'audience',
    'If the principal processing the claim does not identify itself with a value in the "aud" claim when this claim is present, then the JWT MUST be rejected.',
    { cwe: ['CWE-345'], asvs: ['9.2.3', '10.3.1'] },
  ),
  audienceArray: must(
    '4.1.3',
    'audience-array',
    'In the general case, the "aud" value is an array of case-sensitive strings',
  ),
  notAfterExpiry: must(
    '4.1.4',
    'expiry',
    'The processing of the "exp" claim requires that the current date/time MUST be before the expiration date/time listed in the "exp" claim.',
    validity,
  ),
  expiryIsNumber: must('4.1.4', 'expiry-is-number', 'Its value MUST be a number containing a NumericDate value.'),
  mayAllowLeeway: may(
    '4.1.4',
    'leeway',
    'Implementers MAY provide for some small leeway, usually no more than a few minutes, to account for clock skew.',
  ),
  notBefore: must(
    '4.1.5',
    'not-before',
    'The "nbf" (not before) claim identifies the time before which the JWT MUST NOT be accepted for processing.',
    validity,
  ),
  notBeforeIsNumber: must(
    '4.1.5',
    'not-before-is-number',
    'Its value MUST be a number containing a NumericDate value.',
  ),
  issuedAtIsNumber: must('4.1.6', 'issued-at-is-number', 'Its value MUST be a number containing a NumericDate value.'),
  unsecured: may('6', 'unsecured', 'JWTs MAY also be created without a signature or encryption.'),
  rejectInvalid: must(
    '7.2',
    'reject-invalid',
    'If any of the listed steps fail, then the JWT MUST be rejected -- that is, treated by the application as an invalid input.',
    { cwe: ['CWE-20'] },
  ),
  trustOnlySecured: must(
    '11.1',
    'trust-only-secured',
    'The contents of a JWT cannot be relied upon in a trust decision unless its contents have been cryptographically secured and bound to the context necessary for the trust decision.',
    { cwe: ['CWE-345'], asvs: ['9.1.1'] },
  ),
};
