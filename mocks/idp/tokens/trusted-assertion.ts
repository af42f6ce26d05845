import { decodeJwt, type JWTPayload } from 'jose';
import { privateKeyJwt } from '../client-authentication/private-key-jwt.ts';
import type { Visit } from '../endpoint.ts';
import type { Client } from '../registration/client.ts';
import { JwtProblem, keysOf, verifiedJwt } from './signed-jwt.ts';

/** A JWT in which somebody whom the IdP trusts speaks of a subject. */
export interface TrustedAssertion {
  readonly issuer: string;
  readonly sub: string;
  readonly claims: JWTPayload;
}

/**
 * An assertion by a trusted issuer, or by the client itself with its registered key, for this IdP (RFC 7523 §3). Rejects
 * with a `JwtProblem`.
 */
export async function trustedAssertion(jwt: string, client: Client, visit: Visit): Promise<TrustedAssertion> {
  const { issuer: own, endpoints, assertions, trustedIssuers, registrations } = visit;
  const issuer = issuerOf(jwt);
  const jwks = trustedIssuers.find((one) => one.issuer === issuer)?.jwks;
  const keys = jwks ?? (issuer === client.id ? client.jwks : undefined);
  if (issuer === undefined || !keys) throw new JwtProblem('iss is not trusted');
  const { tolerance, longestLife } = assertions;
  const now = Math.floor(visit.now() / 1000);
  const claims = await verifiedJwt(jwt, keysOf(keys), {
    algorithms: [...privateKeyJwt.algorithms],
    issuer,
    audience: [own, endpoints.token],
    requiredClaims: ['sub', 'exp'],
    clockTolerance: tolerance,
    currentDate: new Date(now * 1000),
  });
  const { sub, iat, exp = 0 } = claims;
  if (typeof sub !== 'string' || sub === '') throw new JwtProblem('sub is not a string');
  // Anybody may register a client, and nobody has said that it may speak for users.
  if (!jwks && sub !== client.id && registrations.find(client.id)) throw new JwtProblem('sub is not the client');
  if (iat !== undefined && iat > now + tolerance) throw new JwtProblem('iat is in the future');
  if (exp > now + longestLife + tolerance) throw new JwtProblem('exp is too far in the future');
  return { issuer, sub, claims };
}

/** What it says who issued it, and nothing proved yet. */
export function issuerOf(jwt: string): string | undefined {
  try {
    const { iss } = decodeJwt(jwt);
    return typeof iss === 'string' ? iss : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 7523 §3: an assertion that has a `jti` is used once. Throws a `JwtProblem`. */
export function spendAssertion({ issuer, claims }: TrustedAssertion, { assertions, now }: Visit): void {
  const { jti, exp = 0 } = claims;
  if (jti === undefined) return;
  if (typeof jti !== 'string' || jti === '') throw new JwtProblem('jti is not a string');
  const seconds = Math.floor(now() / 1000);
  // A grant is no client authentication: one JWT may be used as each of them.
  const state = assertions.spend(`grant of ${issuer}`, jti, exp + assertions.tolerance, seconds);
  if (state === 'used') throw new JwtProblem('It was used before');
  if (state === 'full') throw new JwtProblem('Too many assertions are alive: let them expire sooner');
}
