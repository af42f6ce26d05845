import { createReplays, type Replays } from '../tokens/replays.ts';

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
export interface Assertions extends Required<AssertionPolicy>, Replays {}

export function createAssertions({
  audience = 'issuer or token endpoint',
  tolerance = 10,
  longestLife = 3600,
  capacity = 100_000,
}: AssertionPolicy = {}): Assertions {
  return { audience, tolerance, longestLife, capacity, ...createReplays(capacity) };
}
