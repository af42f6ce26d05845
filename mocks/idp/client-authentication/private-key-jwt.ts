import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import type { KeyMethod } from './assertion.ts';

type Keys = ReturnType<typeof createLocalJWKSet>;

/** OIDC Core §9: one of the client's registered public keys. */
export const privateKeyJwt: KeyMethod = {
  algorithms: [...['RS', 'PS', 'ES'].flatMap((kind) => [256, 384, 512].map((bits) => kind + bits)), 'EdDSA', 'Ed25519'],
  keys: ({ jwks }) => jwks && imported(jwks),
};

const sets = new WeakMap<JSONWebKeySet, Keys>();

function imported(jwks: JSONWebKeySet): Keys {
  let set = sets.get(jwks);
  if (!set) {
    set = createLocalJWKSet(jwks);
    sets.set(jwks, set);
  }
  return set;
}
