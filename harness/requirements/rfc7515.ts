import { rfc } from './document.ts';

const { must, should, may } = rfc(7515);

/** JSON Web Signature (JWS). */
export const rfc7515 = {
  ignoreUnknownParameters: must(
    '4',
    'ignore-unknown-parameters',
    'all Header Parameters not defined by this specification MUST be ignored when not understood.',
  ),
  algorithmSupported: must(
    '4.1.1',
    'algorithm-supported',
    'The JWS Signature value is not valid if the "alg" value does not represent a supported algorithm or if there is not a key for use with that algorithm associated with the party that digitally signed or MACed the content.',
    { cwe: ['CWE-347'], asvs: ['9.1.2'] },
  ),
  algorithmCaseSensitive: must(
    '4.1.1',
    'algorithm-case-sensitive',
    'The "alg" value is a case-sensitive ASCII string containing a StringOrURI value.',
    { cwe: ['CWE-347'], asvs: ['9.1.2'] },
  ),
  algorithmPresent: must(
    '4.1.1',
    'algorithm-present',
    'This Header Parameter MUST be present and MUST be understood and processed by implementations.',
  ),
  kidOptional: may(
    '4.1.4',
    'kid-optional',
    'Its value MUST be a case-sensitive string. Use of this Header Parameter is OPTIONAL.',
  ),
  /** Declarative in the text, so never more than a warning. */
  kidIsHint: should(
    '4.1.4',
    'kid-is-hint',
    'The "kid" (key ID) Header Parameter is a hint indicating which key was used to secure the JWS.',
  ),
  critical: must(
    '4.1.11',
    'critical',
    'If any of the listed extension Header Parameters are not understood and supported by the recipient, then the JWS is invalid.',
    { cwe: ['CWE-347'] },
  ),
  criticalNotEmpty: must(
    '4.1.11',
    'critical-not-empty',
    'Producers MUST NOT use the empty list "[]" as the "crit" value.',
  ),
  criticalProcessed: must(
    '4.1.11',
    'critical-processed',
    'This Header Parameter MUST be understood and processed by implementations.',
  ),
  allSteps: must(
    '5.2',
    'all-steps',
    'If any of the listed steps fails, then the signature or MAC cannot be validated.',
    { cwe: ['CWE-347'], asvs: ['9.1.1'] },
  ),
  acceptableAlgorithms: should(
    '5.2',
    'acceptable-algorithms',
    'Even if a JWS can be successfully validated, unless the algorithm(s) used in the JWS are acceptable to the application, it SHOULD consider the JWS to be invalid.',
    { cwe: ['CWE-327'], asvs: ['9.1.2'] },
  ),
};
