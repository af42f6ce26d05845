import { openid } from './document.ts';

const { should } = openid('openid-connect-core-1_0');

/** OpenID Connect Core 1.0. */
export const openidCore = {
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
