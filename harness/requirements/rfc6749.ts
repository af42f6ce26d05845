import { rfc } from './document.ts';

const { must, should, may } = rfc(6749);

/** The OAuth 2.0 Authorization Framework. */
export const rfc6749 = {
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
  errorAnswer400: must(
    '5.2',
    'error-answer-400',
    'The authorization server responds with an HTTP 400 (Bad Request) status code (unless specified otherwise)',
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
};
