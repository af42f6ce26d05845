import { rfc } from './document.ts';

const { must, should } = rfc(8725);

/** JSON Web Token Best Current Practices. */
export const rfc8725 = {
  onlyChosenAlgorithms: must(
    '3.1',
    'only-chosen-algorithms',
    'Libraries MUST enable the caller to specify a supported set of algorithms and MUST NOT use any other algorithms when performing cryptographic operations.',
    { cwe: ['CWE-347'], asvs: ['9.1.2'] },
  ),
  oneAlgorithmPerKey: must(
    '3.1',
    'one-algorithm-per-key',
    'each key MUST be used with exactly one algorithm, and this MUST be checked when the cryptographic operation is performed.',
    { cwe: ['CWE-347'], asvs: ['9.1.2'] },
  ),
  currentAlgorithms: must(
    '3.2',
    'current-algorithms',
    'applications MUST only allow the use of cryptographically current algorithms that meet the security requirements of the application.',
    { cwe: ['CWE-327'], asvs: ['9.1.2'] },
  ),
  noneOnlyOnRequest: should(
    '3.2',
    'none-only-on-request',
    'JWT libraries SHOULD NOT consume JWTs using "none" unless explicitly requested by the caller.',
    { cwe: ['CWE-347'], asvs: ['9.1.2'] },
  ),
  validateAllOperations: must(
    '3.3',
    'validate-all-operations',
    'All cryptographic operations used in the JWT MUST be validated and the entire JWT MUST be rejected if any of them fail to validate.',
    { cwe: ['CWE-347'], asvs: ['9.1.1'] },
  ),
  keysBelongToIssuer: must(
    '3.8',
    'keys-belong-to-issuer',
    'When a JWT contains an "iss" (issuer) claim, the application MUST validate that the cryptographic keys used for the cryptographic operations in the JWT belong to the issuer.',
    { cwe: ['CWE-346'], asvs: ['9.1.3'] },
  ),
  validateAudience: must(
    '3.9',
    'validate-audience',
    'the relying party or application MUST validate the audience value, and if the audience value is not present or not associated with the recipient, it MUST reject the JWT.',
    { cwe: ['CWE-345'], asvs: ['9.2.3', '10.3.1'] },
  ),
  sanitiseKid: should(
    '3.10',
    'sanitise-kid',
    'Applications should ensure that this does not create SQL or LDAP injection vulnerabilities by validating and/or sanitizing the received value.',
    { cwe: ['CWE-20'] },
  ),
  noBlindUrls: should(
    '3.10',
    'no-blind-urls',
    'blindly following a "jku" (JWK set URL) or "x5u" (X.509 URL) header, which may contain an arbitrary URL, could result in server-side request forgery (SSRF) attacks. Applications SHOULD protect against such attacks',
    { cwe: ['CWE-918'], asvs: ['9.1.3'] },
  ),
  explicitTyping: should('3.11', 'explicit-typing', 'Explicit typing is RECOMMENDED for new uses of JWTs.', {
    asvs: ['9.2.2'],
  }),
  exclusiveRules: must(
    '3.12',
    'exclusive-rules',
    'the validation rules for those JWTs MUST be written such that they are mutually exclusive, rejecting JWTs of the wrong kind.',
    { asvs: ['9.2.2'] },
  ),
};
