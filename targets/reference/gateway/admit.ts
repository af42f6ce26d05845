import type { Gateway, Incoming } from './parts.ts';
import type { Jwt, Members } from './token.ts';

/** What a token entitles the request to that brings it: its claims, once everything is proven. Throws a `Refusal`. */
export async function admit(token: string, request: Incoming, gateway: Gateway): Promise<Members> {
  const { parts } = gateway;
  const jwt = parts.parseToken(token, gateway);
  const claims = jwt ? await proven(jwt, gateway) : await parts.introspect(token, gateway);
  parts.checkPossession({ request, token, claims }, gateway);
  parts.checkScope(claims, gateway);
  return claims;
}

/** RFC 9068 §4. The issuer comes first, as it decides whose keys count; every other claim after the signature. */
async function proven(jwt: Jwt, gateway: Gateway): Promise<Members> {
  const { parts } = gateway;
  parts.checkCritical(jwt);
  parts.checkType(jwt);
  parts.checkIssuer(jwt.claims, gateway);
  await parts.checkSignature(jwt, gateway);
  parts.checkAudience(jwt.claims, gateway);
  parts.checkExpiry(jwt.claims, gateway);
  parts.checkNotBefore(jwt.claims, gateway);
  parts.checkIssuedAt(jwt.claims, gateway);
  parts.checkRequired(jwt.claims);
  return jwt.claims;
}
