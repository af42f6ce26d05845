import { openid } from './document.ts';

const { must, should } = openid('openid-connect-core-1_0');

/** OpenID Connect Core 1.0. */
export const openidCore = {
  promptNone: must(
    '3.1.2.1',
    'prompt-none',
    'The Authorization Server MUST NOT display any authentication or consent user interface pages.',
  ),
  userinfoError: must(
    '5.3.3',
    'userinfo-error',
    'When an error condition occurs, the UserInfo Endpoint returns an Error Response as defined in Section 3 of OAuth 2.0 Bearer Token Usage [RFC6750].',
  ),
  /** Declarative in the text, so never more than a warning. */
  refetchOnUnknownKid: should(
    '10.1.1',
    'refetch-on-unknown-kid',
    'The verifier knows to go back to the jwks_uri location to re-retrieve the keys when it sees an unfamiliar kid value.',
  ),
  retainOldKeys: should(
    '10.1.1',
    'retain-old-keys',
    'The JWK Set document at the jwks_uri SHOULD retain recently decommissioned signing keys for a reasonable period of time to facilitate a smooth transition.',
  ),
};
