import { createHash } from 'node:crypto';

/** How strict the IdP is about client assertions (RFC 7523 §3). */
export interface AssertionPolicy {
  /**
   * `issuer or token endpoint`, among others or alone, when absent (OIDC Core §9). `issuer only`: the issuer as a
   * string and nothing else, as clients of the FAPI 2.0 Security Profile send it.
   */
  readonly audience?: 'issuer or token endpoint' | 'issuer only';
  /** Seconds by which the client's clock may differ; 10 when absent. */
  readonly tolerance?: number;
  /** Seconds from now to the latest `exp` that is accepted; an hour when absent. */
  readonly longestLife?: number;
  /** Assertions remembered at once; 100,000 when absent. Further ones are refused until old ones expire. */
  readonly capacity?: number;
}

/** The policy and the assertions that were used. */
export interface Assertions extends Required<AssertionPolicy> {
  /** `fresh` the first time, and from then on used until it expires. Times are in seconds since 1970. */
  spend(clientId: string, jti: string, expires: number, now: number): 'fresh' | 'used' | 'full';
}

export function createAssertions({
  audience = 'issuer or token endpoint',
  tolerance = 10,
  longestLife = 3600,
  capacity = 100_000,
}: AssertionPolicy = {}): Assertions {
  const used = new Map<string, number>();
  const least = Math.min(1024, capacity);
  let sweepAt = least;

  function sweep(now: number): void {
    for (const [key, expires] of used) if (expires <= now) used.delete(key);
    sweepAt = Math.min(Math.max(least, used.size * 2), capacity);
  }

  return {
    audience,
    tolerance,
    longestLife,
    capacity,
    spend(clientId, jti, expires, now) {
      // A digest, so that a long jti takes no more room than a short one.
      const key = createHash('sha256')
        .update(JSON.stringify([clientId, jti]))
        .digest('base64url');
      const until = used.get(key);
      if (until !== undefined && until > now) return 'used';
      if (used.size >= sweepAt) sweep(now);
      // To forget a live one instead would let it be replayed.
      if (used.size >= capacity) return 'full';
      used.set(key, expires);
      return 'fresh';
    },
  };
}
