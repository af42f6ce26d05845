import { rfc } from './document.ts';

const { must, should } = rfc(9700);

/** Best Current Practice for OAuth 2.0 Security. */
export const rfc9700 = {
  exactRedirectUris: must(
    '2.1',
    'exact-redirect-uris',
    'authorization servers MUST utilize exact string matching except for port numbers in localhost redirection URIs of native apps',
    { cwe: ['CWE-601'], asvs: ['10.4.1'] },
  ),
  confidentialPkce: should(
    '2.1.1',
    'confidential-pkce',
    'For confidential clients, the use of PKCE [RFC7636] is RECOMMENDED',
    { cwe: ['CWE-345'], asvs: ['10.2.1'] },
  ),
  enforcesPkce: must(
    '2.1.1',
    'enforces-pkce',
    'the authorization server MUST enforce the correct usage of code_verifier at the token endpoint.',
    { cwe: ['CWE-345'], asvs: ['10.4.6'] },
  ),
  noPkceDowngrade: must(
    '2.1.1',
    'no-pkce-downgrade',
    'a token request containing a code_verifier parameter is accepted only if a code_challenge parameter was present in the authorization request',
    { cwe: ['CWE-757'], asvs: ['10.4.6'] },
  ),
  noTokenInFront: should(
    '2.1.2',
    'no-token-in-front',
    'clients SHOULD NOT use the implicit grant (response type token) or other response types issuing access tokens in the authorization response',
    { cwe: ['CWE-598'], asvs: ['10.4.4'] },
  ),
  noPassword: must('2.4', 'no-password', 'The resource owner password credentials grant [RFC6749] MUST NOT be used.', {
    cwe: ['CWE-522'],
    asvs: ['10.4.4'],
  }),
  publicRefreshTokens: must(
    '2.2.2',
    'public-refresh-tokens',
    'Refresh tokens for public clients MUST be sender-constrained or use refresh token rotation',
    { cwe: ['CWE-294'], asvs: ['10.4.5'] },
  ),
  privilegesRestricted: should(
    '2.3',
    'privileges-restricted',
    'The privileges associated with an access token SHOULD be restricted to the minimum required for the particular application or use case.',
    { cwe: ['CWE-250'] },
  ),
  audienceRestricted: should(
    '2.3',
    'audience-restricted',
    'access tokens SHOULD be audience-restricted to a specific resource server or, if that is not feasible, to a small set of resource servers.',
    { asvs: ['9.2.4'] },
  ),
  refuseForeignTokens: must(
    '2.3',
    'refuse-foreign-tokens',
    'If it was not, the resource server MUST refuse to serve the respective request.',
    { cwe: ['CWE-345'], asvs: ['9.2.3', '10.3.1'] },
  ),
  nothingFromElsewhere: should(
    '4.2.4',
    'nothing-from-elsewhere',
    'The page rendered as a result of the OAuth authorization response and the authorization endpoint SHOULD NOT include third-party resources or links to external sites.',
    { cwe: ['CWE-829'] },
  ),
  notInQuery: must(
    '4.3.2',
    'not-in-query',
    'Clients MUST NOT pass access tokens in a URI query parameter in the way described in Section 2.3 of [RFC6750].',
    { cwe: ['CWE-598'], asvs: ['14.2.1'] },
  ),
  tokensAreSecrets: must(
    '4.9.3',
    'tokens-are-secrets',
    'The resource server MUST treat access tokens like other sensitive secrets and not store or transfer them in plaintext.',
    { cwe: ['CWE-312', 'CWE-532'], asvs: ['16.2.5'] },
  ),
  no307: must('4.12', 'no-307', 'MUST NOT use the HTTP 307 status code for redirection.', {
    cwe: ['CWE-522'],
  }),
  replayDetected: must(
    '4.14.2',
    'replay-detected',
    'Authorization servers MUST utilize one of these methods to detect refresh token replay by malicious actors for public clients',
    { cwe: ['CWE-294'], asvs: ['10.4.5'] },
  ),
  /** Declarative in the text, so never more than a warning. */
  previousInvalidated: should('4.14.2', 'previous-invalidated', 'The previous refresh token is invalidated', {
    cwe: ['CWE-294'],
  }),
  /** Declarative in the text, so never more than a warning. */
  replayRevokes: should('4.14.2', 'replay-revokes', 'it will revoke the active refresh token.', { cwe: ['CWE-294'] }),
  sanitiseHeaders: must(
    '4.13',
    'sanitise-headers',
    'A reverse proxy MUST therefore sanitize any inbound requests to ensure the authenticity and integrity of all header values relevant for the security of the application servers.',
    { cwe: ['CWE-290'] },
  ),
  preventsClickjacking: must(
    '4.16',
    'prevents-clickjacking',
    'Authorization servers MUST prevent clickjacking attacks.',
    { cwe: ['CWE-1021'], asvs: ['3.4.6'] },
  ),
};
