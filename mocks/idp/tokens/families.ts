import type { Random } from '../../../harness/model/fault.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import type { AuthorizationDetails } from '../authorization/authorization-details.ts';
import type { RequestedClaims } from '../authorization/requested-claims.ts';
import { boundedMap } from '../bounded.ts';
import type { Visit } from '../endpoint.ts';

/** What a user granted to a client, and all tokens that came of it: they are revoked together. */
export interface Family {
  readonly clientId: string;
  readonly sub: string;
  /** Of the session in which it was granted, as clients know it (Front-Channel Logout §3); absent without a browser. */
  readonly sid?: string;
  /** Space-delimited. */
  readonly scope: string;
  /** Seconds since 1970. */
  readonly authTime: number;
  readonly acr: string;
  readonly amr: readonly string[];
  readonly claims?: RequestedClaims | undefined;
  /** What its access tokens are for (RFC 8707 §2); the IdP's usual API when absent or empty. */
  readonly resources?: readonly string[];
  readonly authorizationDetails?: AuthorizationDetails | undefined;
  /** When the grant was made; milliseconds since 1970. */
  readonly since: number;
}

/** A refresh token that was issued. Times are in milliseconds since 1970. */
export interface RefreshToken {
  readonly family: Family;
  readonly issued: number;
  /** When it ends, unless it is used before. */
  readonly expires: number;
  /** It was used, and another one has taken its place. */
  readonly used: boolean;
  /** What its user must prove, as `cnf` says it (RFC 7800 §3.1). */
  readonly bound?: JsonObject | undefined;
}

/** Grants of one issuer with their refresh tokens, at most 10,000 tokens; the oldest one is forgotten. */
export interface Families {
  /** A new refresh token. */
  issue(family: Family, at: Pick<Visit, 'now' | 'lifetime'>, bound?: JsonObject): string;
  /** Also one that was used, has expired or was revoked. */
  find(token: string): RefreshToken | undefined;
  use(token: string): void;
  /** Whether it could be used now. */
  usable(token: RefreshToken, now: number): boolean;
  /** An access token was issued; it is revoked with its family, at once if that has happened already. */
  joined(family: Family, accessToken: string): void;
  revoke(family: Family): void;
  /** Revokes every family with a refresh token of which this is true. */
  revokeWhere(fits: (family: Family) => boolean): void;
  isRevoked(family: Family): boolean;
}

/** How many access tokens of one family are remembered: those of the latest refreshes. */
const remembered = 100;

export function createFamilies(random: Random, revokeAccessToken: (token: string) => void): Families {
  const tokens = boundedMap<RefreshToken>();
  const members = new WeakMap<Family, readonly string[]>();
  const revoked = new WeakSet<Family>();

  function revoke(family: Family): void {
    revoked.add(family);
    for (const token of members.get(family) ?? []) revokeAccessToken(token);
    members.delete(family);
  }

  return {
    issue(family, { now, lifetime }, bound) {
      const token = random.hex(32);
      const [idle, absolute] = [lifetime('refreshTokenIdle'), lifetime('refreshTokenAbsolute')];
      const expires = Math.min(now() + idle * 1000, family.since + absolute * 1000);
      tokens.set(token, { family, issued: now(), expires, used: false, bound });
      return token;
    },
    find: (token) => tokens.get(token),
    use(token) {
      const known = tokens.get(token);
      if (known) tokens.set(token, { ...known, used: true });
    },
    usable: (token, now) => !token.used && !revoked.has(token.family) && now < token.expires,
    joined(family, accessToken) {
      if (revoked.has(family)) revokeAccessToken(accessToken);
      else members.set(family, [...(members.get(family) ?? []), accessToken].slice(-remembered));
    },
    revoke,
    revokeWhere(fits) {
      for (const { family } of tokens.values()) if (!revoked.has(family) && fits(family)) revoke(family);
    },
    isRevoked: (family) => revoked.has(family),
  };
}
