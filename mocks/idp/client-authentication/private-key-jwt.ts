import type { KeyMethod } from './assertion.ts';

/** OIDC Core §9: one of the client's registered public keys. */
export const privateKeyJwt: KeyMethod = {
  algorithms: [...['RS', 'PS', 'ES'].flatMap((kind) => [256, 384, 512].map((bits) => kind + bits)), 'EdDSA', 'Ed25519'],
  keys: (client, at) => at.clientKeys.of(client, at),
};
