import { openid } from './document.ts';

const { must } = openid('openid-connect-discovery-1_0');

/** OpenID Connect Discovery 1.0. */
export const openidDiscovery = {
  issuerIdentical: must(
    '4.3',
    'issuer-identical',
    'The issuer value returned MUST be identical to the Issuer URL that was used as the prefix to /.well-known/openid-configuration to retrieve the configuration information.',
    { cwe: ['CWE-346'] },
  ),
  requiredMembers: must(
    '3',
    'required-members',
    'REQUIRED. JSON array containing a list of the OAuth 2.0 response_type values that this OP supports.',
  ),
  rs256Included: must('3', 'rs256-included', 'The algorithm RS256 MUST be included.'),
  jwksByHttps: must('3', 'jwks-by-https', "URL of the OP's JWK Set [JWK] document, which MUST use the https scheme."),
  noPrivateKeys: must('3', 'no-private-keys', 'The JWK Set MUST NOT contain private or symmetric key values.', {
    cwe: ['CWE-321', 'CWE-522'],
  }),
  useWhereMixed: must(
    '3',
    'use-where-mixed',
    "a use (public key use) parameter value is REQUIRED for all keys in the referenced JWK Set to indicate each key's intended usage.",
  ),
  answeredAsJson: must(
    '4.2',
    'answered-as-json',
    'A successful response MUST use the 200 OK HTTP status code and return a JSON object using the application/json content type',
  ),
  noEmptyLists: must('4.2', 'no-empty-lists', 'Claims with zero elements MUST be omitted from the response.'),
};
