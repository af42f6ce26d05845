import { rfc } from './document.ts';

const { must, should } = rfc(7662);

/** OAuth 2.0 Token Introspection. */
export const rfc7662 = {
  /** It binds the protected resource: a server that answers another method is at most warned. */
  byPost: should(
    '2.1',
    'by-post',
    'The protected resource calls the introspection endpoint using an HTTP POST [RFC7231] request with parameters sent as "application/x-www-form-urlencoded" data',
  ),
  requiresAuthorization: must(
    '2.1',
    'requires-authorization',
    'the endpoint MUST also require some form of authorization to access this endpoint',
    { cwe: ['CWE-306'], asvs: ['10.4.10'] },
  ),
  tokenRequired: must('2.1', 'token-required', 'REQUIRED. The string value of the token.'),
  searchesAllTypes: must(
    '2.1',
    'searches-all-types',
    'If the server is unable to locate the token using the given hint, it MUST extend its search across all of its supported token types.',
  ),
  saysNoMore: should(
    '2.2',
    'says-no-more',
    'the authorization server SHOULD NOT include any additional information about an inactive token, including why the token is inactive.',
  ),
  inactive: must(
    '2.2',
    'inactive',
    'the authorization server MUST return an introspection response with the "active" field set to "false".',
    { cwe: ['CWE-613'] },
  ),
  activeRequired: must(
    '2.2',
    'active-required',
    'REQUIRED. Boolean indicator of whether or not the presented token is currently active.',
  ),
  /** Declarative in the text, so never more than a warning. */
  credentialsRefused: should(
    '2.3',
    'credentials-refused',
    'its credentials are invalid, the authorization server responds with an HTTP 401 (Unauthorized) as described in Section 5.2 of OAuth 2.0 [RFC6749].',
  ),
  notCachedBeyondExpiry: must(
    '4',
    'not-cached-beyond-expiry',
    'the response MUST NOT be cached beyond the time indicated therein.',
    { cwe: ['CWE-613'], asvs: ['9.2.1'] },
  ),
};
