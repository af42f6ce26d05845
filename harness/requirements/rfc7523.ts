import { rfc } from './document.ts';

const { must } = rfc(7523);

/** JWT Profile for OAuth 2.0 Client Authentication and Authorization Grants. */
export const rfc7523 = {
  audienceIsSelf: must(
    '3',
    'audience-is-self',
    'The authorization server MUST reject any JWT that does not contain its own identity as the intended audience.',
    { cwe: ['CWE-345'] },
  ),
  notAfterExpiry: must(
    '3',
    'not-after-expiry',
    'The authorization server MUST reject any JWT with an expiration time that has passed, subject to allowable clock skew between systems.',
    { cwe: ['CWE-613'] },
  ),
};
