import { rfc } from './document.ts';

const { must, should, may } = rfc(6749);

/** The OAuth 2.0 Authorization Framework. */
export const rfc6749 = {
  oneAuthenticationMethod: must(
    '2.3',
    'one-authentication-method',
    'The client MUST NOT use more than one authentication method in each request.',
  ),
  supportsBasic: must(
    '2.3.1',
    'supports-basic',
    'The authorization server MUST support the HTTP Basic authentication scheme for authenticating clients that were issued a client password.',
  ),
  /** Declarative in the text, so never more than a warning. */
  basicIsEncoded: should(
    '2.3.1',
    'basic-is-encoded',
    'the client password is encoded using the same algorithm and used as the password.',
  ),
  secretNotInUri: must(
    '2.3.1',
    'secret-not-in-uri',
    'The parameters can only be transmitted in the request-body and MUST NOT be included in the request URI.',
    { cwe: ['CWE-598'], asvs: ['14.2.1'] },
  ),
  ignoreUnknownAuthorization: must(
    '3.1',
    'ignore-unknown-authorization',
    'The authorization server MUST ignore unrecognized request parameters.',
  ),
  emptyIsOmittedAuthorization: must(
    '3.1',
    'empty-is-omitted-authorization',
    'Parameters sent without a value MUST be treated as if they were omitted from the request.',
  ),
  /** Of a request it binds the client: a server that takes one all the same is at most warned. */
  noRepeatedAuthorization: should(
    '3.1',
    'no-repeated-authorization',
    'Request and response parameters MUST NOT be included more than once.',
    { cwe: ['CWE-235'], asvs: ['4.2.1'] },
  ),
  /** Of a response it binds the server. */
  noRepeatedResponse: must(
    '3.1',
    'no-repeated-response',
    'Request and response parameters MUST NOT be included more than once.',
    { cwe: ['CWE-235'] },
  ),
  authorizationByGet: must(
    '3.1',
    'authorization-by-get',
    'The authorization server MUST support the use of the HTTP "GET" method [RFC2616] for the authorization endpoint',
  ),
  ignoreUnknownParameters: must(
    '3.2',
    'ignore-unknown-parameters',
    'The authorization server MUST ignore unrecognized request parameters.',
  ),
  emptyIsOmitted: must(
    '3.2',
    'empty-is-omitted',
    'Parameters sent without a value MUST be treated as if they were omitted from the request.',
  ),
  noRepeatedParameters: must(
    '3.2',
    'no-repeated-parameters',
    'Request and response parameters MUST NOT be included more than once.',
    { cwe: ['CWE-235'], asvs: ['4.2.1'] },
  ),
  /** It binds the client: a server that grants another method's request is at most warned. */
  tokenByPost: should(
    '3.2',
    'token-by-post',
    'The client MUST use the HTTP "POST" method when making access token requests.',
  ),
  responseTypeUnderstood: must(
    '3.1.1',
    'response-type-understood',
    'If an authorization request is missing the "response_type" parameter, or if the response type is not understood, the authorization server MUST return an error response as described in Section 4.1.2.1.',
  ),
  simpleComparison: must(
    '3.1.2.3',
    'simple-comparison',
    'the authorization server MUST compare the two URIs using simple string comparison as defined in [RFC3986] Section 6.2.1.',
    { cwe: ['CWE-601'], asvs: ['10.4.1'] },
  ),
  redirectUriMatches: must(
    '3.1.2.3',
    'redirect-uri-matches',
    'the authorization server MUST compare and match the value received against at least one of the registered redirection URIs',
    { cwe: ['CWE-601'], asvs: ['10.4.1'] },
  ),
  redirectUriNotFollowed: must(
    '3.1.2.4',
    'redirect-uri-not-followed',
    'MUST NOT automatically redirect the user-agent to the invalid redirection URI.',
    { cwe: ['CWE-601'], asvs: ['10.4.1'] },
  ),
  informsOwner: should(
    '3.1.2.4',
    'informs-owner',
    'the authorization server SHOULD inform the resource owner of the error',
  ),
  clientsAuthenticate: must(
    '3.2.1',
    'clients-authenticate',
    'Confidential clients or other clients issued client credentials MUST authenticate with the authorization server as described in Section 2.3 when making requests to the token endpoint.',
    { cwe: ['CWE-287', 'CWE-306'], asvs: ['10.4.10'] },
  ),
  saysGrantedScope: must(
    '3.3',
    'says-granted-scope',
    'the authorization server MUST include the "scope" response parameter to inform the client of the actual scope granted.',
  ),
  scopeOmitted: must(
    '3.3',
    'scope-omitted',
    'If the client omits the scope parameter when requesting authorization, the authorization server MUST either process the request using a pre-defined default value or fail the request indicating an invalid scope.',
  ),
  /** Declarative in the text, so never more than a warning. */
  scopeOrder: should(
    '3.3',
    'scope-order',
    'If the value contains multiple space-delimited strings, their order does not matter',
  ),
  reuseRevokes: should(
    '4.1.2',
    'reuse-revokes',
    'SHOULD revoke (when possible) all tokens previously issued based on that authorization code.',
    { cwe: ['CWE-294'], asvs: ['10.4.2'] },
  ),
  noRefreshToken: should('4.4.3', 'no-refresh-token', 'A refresh token SHOULD NOT be included.'),
  codeExpires: must(
    '4.1.2',
    'code-expires',
    'The authorization code MUST expire shortly after it is issued to mitigate the risk of leaks.',
    { cwe: ['CWE-613'], asvs: ['10.4.3'] },
  ),
  /** Declarative in the text, so never more than a warning. */
  codeBound: should(
    '4.1.2',
    'code-bound',
    'The authorization code is bound to the client identifier and redirection URI.',
    { cwe: ['CWE-345'] },
  ),
  returnsState: must(
    '4.1.2',
    'returns-state',
    'REQUIRED if the "state" parameter was present in the client authorization request. The exact value received from the client.',
    { cwe: ['CWE-352'], asvs: ['10.2.1'] },
  ),
  noRedirectForUnknownClient: must(
    '4.1.2.1',
    'no-redirect-for-unknown-client',
    'If the request fails due to a missing, invalid, or mismatching redirection URI, or if the client identifier is missing or invalid, the authorization server SHOULD inform the resource owner of the error and MUST NOT automatically redirect the user-agent to the invalid redirection URI.',
    { cwe: ['CWE-601'], asvs: ['10.4.1'] },
  ),
  informsClient: must(
    '4.1.2.1',
    'informs-client',
    'the authorization server informs the client by adding the following parameters to the query component of the redirection URI using the "application/x-www-form-urlencoded" format, per Appendix B: error REQUIRED.',
  ),
  invalidAuthorization: must(
    '4.1.2.1',
    'invalid-authorization',
    'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.',
  ),
  requiresAuthentication: must(
    '4.1.3',
    'requires-authentication',
    'require client authentication for confidential clients or for any client that was issued client credentials',
    { cwe: ['CWE-287', 'CWE-306'], asvs: ['10.4.10'] },
  ),
  codeForItsClient: must(
    '4.1.3',
    'code-for-its-client',
    'ensure that the authorization code was issued to the authenticated confidential client',
    { cwe: ['CWE-345'] },
  ),
  codeIsValid: must('4.1.3', 'code-is-valid', 'verify that the authorization code is valid', { cwe: ['CWE-345'] }),
  redirectUriPresent: must(
    '4.1.3',
    'redirect-uri-present',
    'ensure that the "redirect_uri" parameter is present if the "redirect_uri" parameter was included in the initial authorization request',
    { cwe: ['CWE-345'] },
  ),
  redirectUriIdentical: must(
    '4.1.3',
    'redirect-uri-identical',
    'and if included ensure that their values are identical.',
    { cwe: ['CWE-345'] },
  ),
  onlyConfidential: must(
    '4.4',
    'only-confidential',
    'The client credentials grant type MUST only be used by confidential clients.',
    { cwe: ['CWE-306'] },
  ),
  notStored: must(
    '5.1',
    'not-stored',
    'The authorization server MUST include the HTTP "Cache-Control" response header field [RFC2616] with a value of "no-store" in any response containing tokens, credentials, or other sensitive information',
    { cwe: ['CWE-525'], asvs: ['14.2.2'] },
  ),
  /** Declarative in the text, so never more than a warning. */
  answerIsJson: should(
    '5.2',
    'answer-is-json',
    'The parameters are included in the entity-body of the HTTP response using the "application/json" media type',
  ),
  invalidRequest: must(
    '5.2',
    'invalid-request',
    'The request is missing a required parameter, includes an unsupported parameter value (other than grant type), repeats a parameter, includes multiple credentials, utilizes more than one mechanism for authenticating the client, or is otherwise malformed.',
  ),
  invalidClient: must(
    '5.2',
    'invalid-client',
    'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method).',
  ),
  invalidGrant: must(
    '5.2',
    'invalid-grant',
    'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  ),
  unauthorizedClient: must(
    '5.2',
    'unauthorized-client',
    'The authenticated client is not authorized to use this authorization grant type.',
  ),
  unsupportedGrantType: must(
    '5.2',
    'unsupported-grant-type',
    'The authorization grant type is not supported by the authorization server.',
  ),
  invalidScope: must(
    '5.2',
    'invalid-scope',
    'The requested scope is invalid, unknown, malformed, or exceeds the scope granted by the resource owner.',
  ),
  scopeNotWidened: must(
    '6',
    'scope-not-widened',
    'The requested scope MUST NOT include any scope not originally granted by the resource owner',
    { cwe: ['CWE-269'] },
  ),
  refreshAuthenticates: must(
    '6',
    'refresh-authenticates',
    'require client authentication for confidential clients or for any client that was issued client credentials',
    { cwe: ['CWE-287', 'CWE-306'], asvs: ['10.4.10'] },
  ),
  refreshTokenValid: must('6', 'refresh-token-valid', 'validate the refresh token.', { cwe: ['CWE-345'] }),
  refreshScopeKept: must(
    '6',
    'refresh-scope-kept',
    'If a new refresh token is issued, the refresh token scope MUST be identical to that of the refresh token included by the client in the request.',
  ),
  refreshTokenBound: must(
    '10.4',
    'refresh-token-bound',
    'The authorization server MUST maintain the binding between a refresh token and the client to whom it was issued.',
    { cwe: ['CWE-345'] },
  ),
  scopeCaseSensitive: must(
    '3.3',
    'scope-case-sensitive',
    'The value of the scope parameter is expressed as a list of space-delimited, case-sensitive strings.',
  ),
  codeUsedOnce: must(
    '4.1.2',
    'code-used-once',
    'If an authorization code is used more than once, the authorization server MUST deny the request and SHOULD revoke (when possible) all tokens previously issued based on that authorization code.',
    { cwe: ['CWE-294', 'CWE-362'], asvs: ['10.4.2'] },
  ),
  ignoreUnknownMembers: must(
    '5.1',
    'ignore-unknown',
    'The client MUST ignore unrecognized value names in the response.',
  ),
  ignoreResponseParameters: must(
    '4.1.2',
    'ignore-response-parameters',
    'The client MUST ignore unrecognized response parameters.',
  ),
  useCodeOnce: must('4.1.2', 'use-code-once', 'The client MUST NOT use the authorization code more than once.', {
    cwe: ['CWE-294'],
  }),
  typeCaseInsensitive: must(
    '5.1',
    'type-case-insensitive',
    'The type of the token issued as described in Section 7.1. Value is case insensitive.',
  ),
  /** Declarative in the text, so never more than a warning. */
  lifetimeMayBeOmitted: should(
    '5.1',
    'lifetime-may-be-omitted',
    'If omitted, the authorization server SHOULD provide the expiration time via other means or document the default value.',
  ),
  /** Declarative in the text, so never more than a warning. */
  scopeMayBeOmitted: should(
    '5.1',
    'scope-may-be-omitted',
    'OPTIONAL, if identical to the scope requested by the client; otherwise, REQUIRED.',
  ),
  replaceRefreshToken: must(
    '6',
    'replace-refresh-token',
    'the client MUST discard the old refresh token and replace it with the new refresh token.',
  ),
  /** The new one is the server's MAY, so the old one stays good without it. Never more than a warning. */
  newRefreshTokenIsOptional: should(
    '6',
    'new-refresh-token-is-optional',
    'The authorization server MAY issue a new refresh token',
  ),
  understandsTokenType: must(
    '7.1',
    'understands-token-type',
    'The client MUST NOT use an access token if it does not understand the token type.',
  ),
  errorAnswer400: must(
    '5.2',
    'error-answer-400',
    'The authorization server responds with an HTTP 400 (Bad Request) status code (unless specified otherwise) and includes the following parameters with the response: error REQUIRED.',
  ),
  mayAnswer401: may(
    '5.2',
    'invalid-client-401',
    'The authorization server MAY return an HTTP 401 (Unauthorized) status code to indicate which HTTP authentication schemes are supported.',
  ),
  challengeBasic: must(
    '5.2',
    'invalid-client-challenge',
    'the authorization server MUST respond with an HTTP 401 (Unauthorized) status code and include the "WWW-Authenticate" response header field matching the authentication scheme used by the client.',
  ),
  errorCharset: must(
    '5.2',
    'error-charset',
    'Values for the "error_description" parameter MUST NOT include characters outside the set %x20-21 / %x23-5B / %x5D-7E.',
    { cwe: ['CWE-116'] },
  ),
  sanitises: must(
    '10.14',
    'sanitises',
    'The authorization server and client MUST sanitize (and validate when possible) any value received -- in particular, the value of the "state" and "redirect_uri" parameters.',
    { cwe: ['CWE-79', 'CWE-113'], asvs: ['1.2.1'] },
  ),
  /** The sentence behind every refusal of a bad token. */
  mustReject: must(
    '7',
    'validate-token',
    'The resource server MUST validate the access token and ensure that it has not expired and that its scope covers the requested resource.',
    { cwe: ['CWE-287'], asvs: ['10.3.2'] },
  ),
  informOfError: should(
    '7.2',
    'inform-of-error',
    'If a resource access request fails, the resource server SHOULD inform the client of the error.',
  ),
  tokensConfidential: must(
    '10.3',
    'tokens-confidential',
    'Access token credentials (as well as any confidential access token attributes) MUST be kept confidential in transit and storage',
    { cwe: ['CWE-522'], asvs: ['16.2.5'] },
  ),
  notGuessable: must(
    '10.3',
    'not-guessable',
    'The authorization server MUST ensure that access tokens cannot be generated, modified, or guessed to produce valid access tokens by unauthorized parties.',
  ),
  validateCertificate: must(
    '10.9',
    'validate-certificate',
    "The client MUST validate the authorization server's TLS certificate as defined by [RFC6125] and in accordance with its requirements for server identity authentication.",
    { cwe: ['CWE-295'], asvs: ['12.3.2'] },
  ),
  protectRedirection: must(
    '10.12',
    'csrf-protection',
    'The client MUST implement CSRF protection for its redirection URI.',
    { cwe: ['CWE-352'], asvs: ['10.2.1'] },
  ),
};
