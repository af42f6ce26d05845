import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { Visit } from '../endpoint.ts';
import { JwtProblem, verifiedJwt } from './signed-jwt.ts';
import { idTokenAlgorithm, keyAlgorithms } from './signing.ts';
import { accountOf } from './subject.ts';

/**
 * The claims of an ID token that this IdP issued to a client, also of one that has expired if it is only a hint (OIDC
 * Core §3.1.2.1). Rejects with a `JwtProblem`.
 */
export async function issuedIdToken(
  token: string,
  clientId: string,
  visit: Visit,
  { hint = false } = {},
): Promise<JWTPayload> {
  const { issuer, keyring, clients, now } = visit;
  const published = keyring.published.map(({ publicJwk }) => publicJwk);
  const set = createLocalJWKSet({ keys: published } as unknown as JSONWebKeySet);
  const client = clients.find(clientId);
  const secret = client?.secret;
  // Whoever knows the secret can sign with it: good for a hint if the client registered for it, and never as a proof
  // (RFC 8725 §3.1, §3.2).
  const own = hint && client ? [idTokenAlgorithm(client, visit)] : [];
  const keys: JWTVerifyGetKey = async (header, jws) =>
    header.alg.startsWith('HS') && secret ? Buffer.from(secret) : set(header, jws);
  const claims = await verifiedJwt(token, keys, {
    algorithms: [...keyAlgorithms, ...own],
    issuer,
    audience: clientId,
    // Not an access token or a logout token, which are JWTs of the same keys (RFC 8725 §3.11).
    typ: 'JWT',
    requiredClaims: ['sub', 'exp'],
    currentDate: hint ? whenIssued(token) : new Date(now()),
  });
  return { ...claims, sub: accountOf(client, String(claims.sub), visit) };
}

function whenIssued(token: string): Date {
  try {
    return new Date((decodeJwt(token).iat ?? 0) * 1000);
  } catch {
    throw new JwtProblem('It is no signed JWT that can be read');
  }
}
