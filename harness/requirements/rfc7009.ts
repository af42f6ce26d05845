import { rfc } from './document.ts';

const { must, should } = rfc(7009);

/** OAuth 2.0 Token Revocation. */
export const rfc7009 = {
  /** It binds the client: a server that heeds another method's request is at most warned. */
  byPost: should(
    '2',
    'by-post',
    'The client requests the revocation of a particular token by making an HTTP POST request to the token revocation endpoint URL.',
  ),
  /** Declarative in the text, so never more than a warning. */
  validatesClient: should(
    '2.1',
    'validates-client',
    'The authorization server first validates the client credentials (in case of a confidential client) and then verifies whether the token was issued to the client making the revocation request.',
    { cwe: ['CWE-287'] },
  ),
  /** Declarative in the text, so never more than a warning. */
  unknownIsRevoked: should(
    '2.2',
    'unknown-is-revoked',
    'The authorization server responds with HTTP status code 200 if the token has been revoked successfully or if the client submitted an invalid token.',
  ),
  supportAccessTokens: should(
    '2',
    'support-access-tokens',
    'Implementations MUST support the revocation of refresh tokens and SHOULD support the revocation of access tokens',
  ),
  takesPlaceImmediately: must(
    '2.1',
    'immediately',
    'The invalidation takes place immediately, and the token cannot be used again after the revocation.',
    { cwe: ['CWE-613'] },
  ),
  tokenRequired: must('2.1', 'token-required', 'REQUIRED. The token that the client wants to get revoked.'),
  /** Declarative in the text, so never more than a warning. */
  othersRefused: should(
    '2.1',
    'others-refused',
    'If this validation fails, the request is refused and the client is informed of the error by the authorization server',
  ),
  searchesAllTypes: must(
    '2.1',
    'searches-all-types',
    'If the server is unable to locate the token using the given hint, it MUST extend its search across all of its supported token types.',
  ),
  cascades: should(
    '2.1',
    'cascades',
    'the authorization server SHOULD also invalidate all access tokens based on the same authorization grant',
    { cwe: ['CWE-613'], asvs: ['10.4.9'] },
  ),
  /** Declarative in the text, so never more than a warning. */
  hintIgnored: should(
    '2.2',
    'hint-ignored',
    'An invalid token type hint value is ignored by the authorization server and does not influence the revocation response.',
  ),
  minimiseWindow: should('2.1', 'minimise-window', 'Implementations should minimize that window', {
    cwe: ['CWE-613'],
  }),
};
