import type { KeyMethod } from './assertion.ts';

/** OIDC Core §9: the secret's UTF-8 octets are the HMAC key. */
export const clientSecretJwt: KeyMethod = {
  algorithms: ['HS256', 'HS384', 'HS512'],
  keys: ({ secret }) => (secret ? async () => Buffer.from(secret) : undefined),
};
