import { openid } from './document.ts';

const { must, should } = openid('openid-connect-backchannel-1_0');

/** OpenID Connect Back-Channel Logout 1.0. */
export const openidBackchannel = {
  namesIssuer: must('2.4', 'names-issuer', 'REQUIRED. Issuer Identifier, as specified in Section 2 of [OpenID.Core].', {
    cwe: ['CWE-346'],
  }),
  namesAudience: must('2.4', 'names-audience', 'REQUIRED. Audience(s), as specified in Section 2 of [OpenID.Core].', {
    cwe: ['CWE-345'],
  }),
  saysWhen: must('2.4', 'says-when', 'REQUIRED. Issued at time, as specified in Section 2 of [OpenID.Core].'),
  /** Required only since errata set 1 (2023), so never more than a warning. */
  expires: should('2.4', 'expires', 'REQUIRED. Expiration time, as specified in Section 2 of [OpenID.Core].', {
    cwe: ['CWE-613'],
  }),
  hasId: must(
    '2.4',
    'has-id',
    'REQUIRED. Unique identifier for the token, as specified in Section 9 of [OpenID.Core].',
    {
      cwe: ['CWE-294'],
    },
  ),
  namesEvent: must(
    '2.4',
    'names-event',
    'REQUIRED. Claim whose value is a JSON object containing the member name http://schemas.openid.net/event/backchannel-logout.',
  ),
  saysWho: must('2.4', 'says-who', 'A Logout Token MUST contain either a sub or a sid Claim, and MAY contain both.'),
  noNonce: must('2.4', 'no-nonce', 'A nonce Claim MUST NOT be present.', { cwe: ['CWE-345'] }),
  isSigned: must('2.4', 'is-signed', 'A Logout Token MUST be signed and MAY also be encrypted.', { cwe: ['CWE-347'] }),
};
