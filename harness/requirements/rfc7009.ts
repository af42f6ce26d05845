import { rfc } from './document.ts';

const { must, should } = rfc(7009);

/** OAuth 2.0 Token Revocation. */
export const rfc7009 = {
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
