import { openid } from './document.ts';

const { must } = openid('openid-connect-registration-1_0');

/** OpenID Connect Dynamic Client Registration 1.0: what a client has registered, however it did. */
export const openidRegistration = {
  assertionAlgorithm: must(
    '2',
    'assertion-algorithm',
    'All Token Requests using these authentication methods from this Client MUST be rejected, if the JWT is not signed with this algorithm.',
    { cwe: ['CWE-347'] },
  ),
  requestObjectAlgorithm: must(
    '2',
    'request-object-algorithm',
    'All Request Objects from this Client MUST be rejected, if not signed with this algorithm.',
    { cwe: ['CWE-347'] },
  ),
};
