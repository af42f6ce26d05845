import type { JSONWebKeySet } from 'jose';

/** Somebody whose assertions are worth tokens (RFC 7523 §2.1). */
export interface TrustedIssuer {
  /** The `iss` of its assertions. */
  readonly issuer: string;
  /** Its public keys. */
  readonly jwks: JSONWebKeySet;
}
