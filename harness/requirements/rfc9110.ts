import { rfc } from './document.ts';

const { must, may, should } = rfc(9110);

/** HTTP Semantics (which replaced RFC 7235). */
export const rfc9110 = {
  verifyIdentity: must(
    '4.3.4',
    'verify-identity',
    "a client MUST verify that the service's identity is an acceptable match for the URI's origin server.",
    { cwe: ['CWE-297'], asvs: ['12.3.2'] },
  ),
  fieldNameCaseInsensitive: must('5.1', 'field-name-case-insensitive', 'Field names are case-insensitive'),
  retryAfter: should(
    '10.2.3',
    'retry-after',
    'Servers send the "Retry-After" header field to indicate how long the user agent ought to wait before making a follow-up request.',
  ),
  schemeCaseInsensitive: must(
    '11.1',
    'scheme-case-insensitive',
    'It uses a case-insensitive token to identify the authentication scheme',
  ),
  /** For "a request for a protected resource that omits credentials, contains invalid credentials […] or partial credentials". */
  answer401: should(
    '11.4',
    'answer-401',
    'an origin server SHOULD send a 401 (Unauthorized) response that contains a WWW-Authenticate header field with at least one (possibly new) challenge applicable to the requested resource.',
  ),
  challengeOn401: must(
    '11.6.1',
    'challenge-on-401',
    'A server generating a 401 (Unauthorized) response MUST send a WWW-Authenticate header field containing at least one challenge.',
  ),
  applicableChallenge: must(
    '15.5.2',
    'applicable-challenge',
    'The server generating a 401 response MUST send a WWW-Authenticate header field (Section 11.6.1) containing at least one challenge applicable to the target resource.',
  ),
  allowOn405: must('15.5.6', 'allow-on-405', 'The origin server MUST generate an Allow header field in a 405 response'),
  parsesInterim: must(
    '15.2',
    'parses-interim',
    'A client MUST be able to parse one or more 1xx responses received prior to a final response, even if the client does not expect one.',
  ),
  badGateway: should(
    '15.6.3',
    'bad-gateway',
    'The 502 (Bad Gateway) status code indicates that the server, while acting as a gateway or proxy, received an invalid response from an inbound server it accessed while attempting to fulfill the request.',
  ),
  serviceUnavailable: should(
    '15.6.4',
    'service-unavailable',
    'The 503 (Service Unavailable) status code indicates that the server is currently unable to handle the request due to a temporary overload or scheduled maintenance, which will likely be alleviated after some delay.',
  ),
  mayRetryAfter: may(
    '15.6.4',
    'may-retry-after',
    'The server MAY send a Retry-After header field (Section 10.2.3) to suggest an appropriate amount of time for the client to wait before retrying the request.',
  ),
  gatewayTimeout: should(
    '15.6.5',
    'gateway-timeout',
    'The 504 (Gateway Timeout) status code indicates that the server, while acting as a gateway or proxy, did not receive a timely response from an upstream server it needed to access in order to complete the request.',
  ),
};
