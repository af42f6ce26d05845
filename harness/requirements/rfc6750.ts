import { rfc } from './document.ts';

const { must, should, may } = rfc(6750);

/** The OAuth 2.0 Authorization Framework: Bearer Token Usage. */
export const rfc6750 = {
  oneMethod: must(
    '2',
    'one-method',
    'Clients MUST NOT use more than one method to transmit the token in each request.',
  ),
  headerSupported: must('2.1', 'header-supported', 'Resource servers MUST support this method.'),
  formMaySupport: may('2.2', 'form-may-support', 'Resource servers MAY support this method.'),
  queryMaySupport: may('2.3', 'query-may-support', 'Resource servers MAY support this method.'),
  queryDiscouraged: should(
    '2.3',
    'query-discouraged',
    'it SHOULD NOT be used unless it is impossible to transport the access token in the "Authorization" request header field or the HTTP request entity-body.',
    { cwe: ['CWE-598'], asvs: ['14.2.1'] },
  ),
  mustChallenge: must(
    '3',
    'challenge',
    'the resource server MUST include the HTTP "WWW-Authenticate" response header field',
  ),
  bearerScheme: must(
    '3',
    'bearer-scheme',
    'All challenges defined by this specification MUST use the auth-scheme value "Bearer".',
  ),
  challengeHasParameters: must(
    '3',
    'challenge-has-parameters',
    'This scheme MUST be followed by one or more auth-param values.',
  ),
  shouldSayError: should(
    '3',
    'error',
    'If the protected resource request included an access token and failed authentication, the resource server SHOULD include the "error" attribute to provide the client with the reason why the access request was declined.',
  ),
  mayDescribe: may(
    '3',
    'error-description',
    'the resource server MAY include the "error_description" attribute to provide developers a human-readable explanation that is not meant to be displayed to end-users.',
  ),
  realmOnce: must('3', 'realm-once', 'The "realm" attribute MUST NOT appear more than once.'),
  errorOnce: must(
    '3',
    'error-once',
    'The "error", "error_description", and "error_uri" attributes MUST NOT appear more than once.',
  ),
  errorCharset: must('3', 'error-charset', 'MUST NOT include characters outside the set %x20-21 / %x23-5B / %x5D-7E.', {
    cwe: ['CWE-116'],
  }),
  shouldSayInvalidRequest: should(
    '3.1',
    'invalid-request',
    'uses more than one method for including an access token, or is otherwise malformed. The resource server SHOULD respond with the HTTP 400 (Bad Request) status code.',
  ),
  shouldSayInvalidToken: should(
    '3.1',
    'invalid-token',
    'invalid_token The access token provided is expired, revoked, malformed, or invalid for other reasons. The resource SHOULD respond with the HTTP 401 (Unauthorized) status code.',
  ),
  shouldSayInsufficientScope: should(
    '3.1',
    'insufficient-scope',
    'insufficient_scope The request requires higher privileges than provided by the access token. The resource server SHOULD respond with the HTTP 403 (Forbidden) status code',
  ),
  mayNameScope: may(
    '3.1',
    'scope',
    'MAY include the "scope" attribute with the scope necessary to access the protected resource.',
  ),
  noErrorWithoutCredentials: should(
    '3.1',
    'no-error-without-credentials',
    'the resource server SHOULD NOT include an error code or other error information.',
  ),
  integrity: must(
    '5.2',
    'integrity',
    'The token integrity protection MUST be sufficient to prevent the token from being modified.',
    { cwe: ['CWE-345'], asvs: ['9.1.1'] },
  ),
  safeguardTokens: must(
    '5.3',
    'safeguard-tokens',
    'Client implementations MUST ensure that bearer tokens are not leaked to unintended parties, as they will be able to use them to gain access to protected resources.',
    { cwe: ['CWE-522'], asvs: ['10.1.1'] },
  ),
  validateCertificates: must(
    '5.3',
    'validate-certificates',
    'The client MUST validate the TLS certificate chain when making requests to protected resources.',
    { cwe: ['CWE-295'], asvs: ['12.3.2'] },
  ),
  notInUrls: should(
    '5.3',
    'not-in-urls',
    'Bearer tokens SHOULD NOT be passed in page URLs (for example, as query string parameters).',
    { cwe: ['CWE-598'], asvs: ['14.2.1'] },
  ),
  notInClearCookies: must(
    '5.3',
    'not-in-clear-cookies',
    'Implementations MUST NOT store bearer tokens within cookies that can be sent in the clear',
    { cwe: ['CWE-614'] },
  ),
};
