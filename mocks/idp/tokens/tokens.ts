import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import type { JsonObject } from '../../../harness/model/json.ts';
import { boundedMap } from '../bounded.ts';
import type { Keyring } from './keyring.ts';

/** Access tokens issued and revoked. Times are in milliseconds since 1970. */
export interface Tokens {
  /** From now on this opaque token stands for these claims. */
  keep(token: string, claims: JsonObject): void;
  /** The claims of an active token: genuine, in its time and not revoked. */
  active(token: string, now: number): Promise<JsonObject | undefined>;
  /** Why a token is not active, in words that follow `The access token`. */
  inactiveBecause(token: string, now: number): Promise<string>;
  revoke(token: string): void;
  /** All that this client holds, now and later. */
  revokeClient(id: string): void;
}

export function createTokens(issuer: string, keyring: Keyring): Tokens {
  const opaque = boundedMap<JsonObject>(100_000);
  const revoked = boundedMap<true>(100_000);
  const closed = boundedMap<true>();

  /** By its `jti`, so that no other spelling of the same token escapes a revocation. */
  const name = (token: string, claims?: JsonObject) => (typeof claims?.jti === 'string' ? claims.jti : token);

  let latest: { readonly published: Keyring['published'] } & Verifying = {
    ...verifyingBy(keyring),
    published: keyring.published,
  };
  /** Keys are imported once, until others are published. */
  function verifying(): Verifying {
    const { published } = keyring;
    if (latest.published !== published) latest = { ...verifyingBy(keyring), published };
    return latest;
  }

  async function claimsOf(token: string, now: number): Promise<JsonObject | undefined> {
    const known = opaque.get(token);
    if (known) return Number(known.exp) * 1000 > now ? known : undefined;
    const { keys, algorithms } = verifying();
    const verified = jwtVerify(token, keys, {
      issuer,
      algorithms,
      typ: 'at+jwt',
      requiredClaims: ['exp'],
      currentDate: new Date(now),
    });
    return verified.then(({ payload }) => payload as JsonObject).catch(() => undefined);
  }

  return {
    keep: (token, claims) => void opaque.set(token, claims),
    async active(token, now) {
      const claims = await claimsOf(token, now);
      if (!claims || revoked.has(name(token, claims)) || closed.has(String(claims.client_id))) return undefined;
      return claims;
    },
    async inactiveBecause(token, now) {
      const claims = opaque.get(token) ?? unverifiedClaims(token);
      if (revoked.has(name(token, claims)) || closed.has(String(claims?.client_id))) return 'was revoked';
      const expires = Number(claims?.exp) * 1000;
      const wasGood = expires <= now && (await claimsOf(token, expires - 1000)) !== undefined;
      return wasGood ? 'has expired' : 'is malformed, or none of this issuer';
    },
    revoke(token) {
      revoked.set(name(token, opaque.get(token) ?? unverifiedClaims(token)), true);
    },
    revokeClient: (id) => void closed.set(id, true),
  };
}

interface Verifying {
  readonly keys: ReturnType<typeof createLocalJWKSet>;
  readonly algorithms: string[];
}

const verifyingBy = ({ published }: Keyring): Verifying => ({
  keys: createLocalJWKSet({ keys: published.map(({ publicJwk }) => publicJwk) } as unknown as JSONWebKeySet),
  algorithms: [...new Set(published.map(({ alg }) => alg))],
});

/** Only for the name under which a token is revoked, for which it need not be genuine. */
function unverifiedClaims(token: string): JsonObject | undefined {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    return undefined;
  }
}
