import { rfc } from './document.ts';

const { must, should, may } = rfc(9449);

/** OAuth 2.0 Demonstrating Proof of Possession (DPoP): only for targets that declare it. */
export const rfc9449 = {
  validateProof: must(
    '4.3',
    'validate-proof',
    'To validate a DPoP proof, the receiving server MUST ensure the following:',
    {
      cwe: ['CWE-294'],
      asvs: ['10.3.5'],
    },
  ),
  htuWithoutQuery: must(
    '4.3',
    'htu-without-query',
    'The htu claim matches the HTTP URI value for the HTTP request in which the JWT was received, ignoring any query and fragment parts.',
  ),
  normaliseHtu: should(
    '4.3',
    'normalise-htu',
    'To reduce the likelihood of false negatives, servers SHOULD employ syntax-based normalization (Section 6.2.2 of [RFC3986]) and scheme-based normalization (Section 6.2.3 of [RFC3986]) before comparing the htu claim.',
  ),
  allChecks: must(
    '7.1',
    'all-checks',
    'The resource server MUST NOT grant access to the resource unless all checks are successful.',
    { cwe: ['CWE-294'], asvs: ['10.3.5'] },
  ),
  notAsBearer: must(
    '7.2',
    'not-as-bearer',
    'MUST reject a DPoP-bound access token received as a bearer token per [RFC6750].',
    { cwe: ['CWE-294'], asvs: ['10.3.5'] },
  ),
  mayRememberProofs: may(
    '11.1',
    'remember-proofs',
    'In the context of the target URI, servers can store the jti value of each DPoP proof for the time window in which the respective DPoP proof JWT would be accepted to prevent multiple uses of the same DPoP proof.',
    { cwe: ['CWE-294'] },
  ),
};
