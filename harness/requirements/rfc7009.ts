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
  minimiseWindow: should('2.1', 'minimise-window', 'Implementations should minimize that window', {
    cwe: ['CWE-613'],
  }),
};
