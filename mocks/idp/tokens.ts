import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { FailwellError } from '../../harness/model/error.ts';
import type { Random } from '../../harness/model/fault.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import type { TokenRecipe } from '../../harness/model/step.ts';
import type { TokenDraft } from '../../harness/model/token.ts';
import { draftToken, forge } from '../forge/forge.ts';
import { boundedMap } from './bounded.ts';
import type { Family } from './families.ts';
import type { Keyring } from './keyring.ts';

/** What the issuer of tokens needs to know. */
export interface TokenPolicy {
  readonly issuer: string;
  readonly audience: string;
  /** Space-delimited: what a token gets when nobody asks for less. */
  readonly scope: string;
  /** Seconds. */
  readonly lifetime: number;
  readonly attackerUrl: string;
}

/** Tokens issued and revoked. Times are in milliseconds since 1970. */
export interface Tokens {
  issue(recipe: TokenRecipe, to: string, now: number, random: Random): Promise<string>;
  /** A JWT access token for what a user granted, with how the user logged in (RFC 9068 §2.2, §2.2.1). */
  issueFor(family: Family, scope: string, now: number, random: Random): Promise<string>;
  /** The claims of an active token: genuine, in its time and not revoked. */
  active(token: string, now: number): Promise<JsonObject | undefined>;
  revoke(token: string): void;
}

export function createTokens(policy: TokenPolicy, keyring: Keyring): Tokens {
  const opaque = new Map<string, JsonObject>();
  const revoked = boundedMap<true>(100_000);

  /** By its `jti`, so that no other spelling of the same token escapes a revocation. */
  const name = (token: string, claims?: JsonObject) => (typeof claims?.jti === 'string' ? claims.jti : token);

  function drafted(scope: string, subject: string, clientId: string, now: number, random: Random): TokenDraft {
    const { published, foreign } = keyring;
    const { issuer, audience, lifetime, attackerUrl } = policy;
    const facts = { issuer, audience, lifetime, attackerUrl, published, foreign, random };
    return draftToken({ ...facts, scope, subject, clientId, now: now / 1000 });
  }

  async function claimsOf(token: string, now: number): Promise<JsonObject | undefined> {
    const known = opaque.get(token);
    if (known) return Number(known.exp) * 1000 > now ? known : undefined;
    const keys = createLocalJWKSet({
      keys: keyring.published.map(({ publicJwk }) => publicJwk),
    } as unknown as JSONWebKeySet);
    const verified = jwtVerify(token, keys, {
      issuer: policy.issuer,
      algorithms: ['RS256', 'ES256'],
      typ: 'at+jwt',
      requiredClaims: ['exp'],
      currentDate: new Date(now),
    });
    return verified.then(({ payload }) => payload as JsonObject).catch(() => undefined);
  }

  return {
    issueFor({ clientId, sub, authTime, acr, amr }, scope, now, random) {
      const draft = drafted(scope, sub, clientId, now, random);
      return forge({ ...draft, payload: { ...(draft.payload as JsonObject), auth_time: authTime, acr, amr } });
    },
    async issue({ format, flaws, scope = policy.scope }, to, now, random) {
      const draft = drafted(scope, `subject-${to}`, to, now, random);
      if (format === 'jwt') return forge(flaws.reduce((changed, flaw) => flaw.apply(changed, random), draft));
      if (flaws.length > 0)
        throw new FailwellError('usage', 'An opaque token has nothing to flaw: use format jwt, or break introspection');
      const token = random.hex(32);
      opaque.set(token, draft.payload as JsonObject);
      return token;
    },
    async active(token, now) {
      const claims = await claimsOf(token, now);
      return claims && !revoked.has(name(token, claims)) ? claims : undefined;
    },
    revoke(token) {
      revoked.set(name(token, opaque.get(token) ?? unverifiedClaims(token)), true);
    },
  };
}

/** Only for the name under which a token is revoked, for which it need not be genuine. */
function unverifiedClaims(token: string): JsonObject | undefined {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    return undefined;
  }
}
