import { createHash, timingSafeEqual } from 'node:crypto';
import { instant, kind, shown } from '../gateway/text.ts';
import type { Jwt, Members } from '../gateway/token.ts';
import { badIdToken, badTokenAnswer } from './failure.ts';
import type { Client } from './parts.ts';
import type { Tokens } from './token-endpoint.ts';

/** What an ID token must fit. */
export interface Expected {
  /** Absent for the ID token of a refresh (OIDC Core §12.2). */
  readonly nonce?: string;
  readonly accessToken: string;
  /** The subject of the login, for the ID token of a refresh. */
  readonly sub?: string;
}

/** Validates an ID token in the order of OIDC Core §3.1.3.7, and returns its claims. */
export async function checkIdToken(
  tokens: Tokens,
  expected: Omit<Expected, 'accessToken'>,
  client: Client,
): Promise<Members> {
  const { parts } = client;
  if (tokens.idToken === undefined || tokens.idToken === '') {
    throw badTokenAnswer(
      'id_token missing',
      'token response: missing id_token: got none, expected one for scope openid',
    );
  }
  const jwt = parts.parseToken(tokens.idToken, client);
  if (jwt === undefined) throw badIdToken('malformed JWT', 'malformed JWT: 1 part, expected 3');
  parts.checkCritical(jwt);
  await parts.checkSignature(jwt, client);
  const { claims } = jwt;
  const all = { ...expected, accessToken: tokens.access };
  parts.checkIdIssuer(claims, client);
  parts.checkIdAudience(claims, client);
  parts.checkIdAuthorizedParty(claims, client);
  parts.checkIdExpiry(claims, client);
  parts.checkIdIssuedAt(claims, client);
  parts.checkIdSubject(claims, all);
  parts.checkNonce(claims, all);
  parts.checkAccessTokenHash(jwt, all);
  return claims;
}

/** §3.1.3.7 no. 2: the issuer "MUST exactly match". */
export function checkIdIssuer({ iss }: Members, { wiring }: Client): void {
  if (iss === wiring.issuer) return;
  const tenant = typeof iss === 'string' && iss.startsWith(`${new URL(wiring.issuer).origin}/`);
  const hint = tenant ? ', another tenant of this host' : '';
  throw badIdToken('issuer mismatch', `issuer mismatch: iss got ${shown(iss)}, expected '${wiring.issuer}'${hint}`);
}

/** No. 3: this client is an audience, and nobody else whom it does not trust. */
export function checkIdAudience({ aud }: Members, { wiring: { clientId } }: Client): void {
  const all = [aud].flat();
  if (all.includes(clientId) && all.every((one) => one === clientId)) return;
  throw badIdToken('audience mismatch', `audience mismatch: aud got ${shown(aud)}, expected '${clientId}' alone`);
}

/** Nos. 4 and 5. */
export function checkIdAuthorizedParty({ azp }: Members, { wiring: { clientId } }: Client): void {
  if (azp === undefined || azp === clientId) return;
  throw badIdToken(
    'audience mismatch: azp is another client',
    `audience mismatch: azp got ${shown(azp)}, expected '${clientId}'`,
  );
}

/** No. 9: "The current time MUST be before the time represented by the exp Claim", with the leeway. */
export function checkIdExpiry({ exp }: Members, client: Client): void {
  const time = numeric('exp', exp);
  const now = client.wiring.clock.now() / 1000;
  if (now < time + client.limits.leeway / 1000) return;
  throw badIdToken(
    'expired',
    `ID token expired: exp ${instant(time)}, now ${instant(now)}, leeway ${client.limits.leeway / 1000} s`,
  );
}

/** No. 10. One from the future: the clocks disagree by more than the leeway, or it is forged. */
export function checkIdIssuedAt({ iat }: Members, client: Client): void {
  const time = numeric('iat', iat);
  const now = client.wiring.clock.now() / 1000;
  if (time <= now + client.limits.leeway / 1000) return;
  const because = `iat ${instant(time)} lies ahead of now ${instant(now)}: clock skew beyond the leeway of ${client.limits.leeway / 1000} s`;
  throw badIdToken('issued in the future (clock skew)', because);
}

/** §2: `sub` is there; after a refresh it is the same as before (§12.2). */
export function checkIdSubject({ sub }: Members, expected: Expected): void {
  if (typeof sub !== 'string' || sub === '')
    throw badIdToken(
      'malformed token, sub missing',
      `malformed ID token: sub missing: got ${sub === undefined ? 'none' : shown(sub)}, expected a string`,
    );
  if (expected.sub === undefined || expected.sub === sub) return;
  throw badIdToken(
    'malformed token, sub mismatch',
    `malformed ID token: sub mismatch: got ${shown(sub)}, expected ${shown(expected.sub)}`,
  );
}

/** No. 11: the nonce is that of this browser's request. After a refresh there need be none (§12.2). */
export function checkNonce({ nonce }: Members, expected: Expected): void {
  if (expected.nonce === undefined || nonce === expected.nonce) return;
  const what = nonce === undefined ? 'missing' : 'mismatch';
  throw badIdToken(
    `nonce ${what}`,
    `nonce ${what}: got ${nonce === undefined ? 'none' : 'another value'}, expected that of this session's request (replay, or an injected code)`,
  );
}

/** §3.1.3.8: an `at_hash` that is there must be that of the access token. */
export function checkAccessTokenHash({ claims: { at_hash: hash } }: Jwt, { accessToken }: Expected): void {
  if (hash === undefined) return;
  // Every algorithm that is accepted hashes with SHA-256.
  const half = createHash('sha256').update(accessToken).digest().subarray(0, 16);
  const given = Buffer.from(String(hash), 'base64url');
  if (given.length === half.length && timingSafeEqual(given, half)) return;
  throw badIdToken(
    'at_hash mismatch',
    'at_hash mismatch: got that of another access token, expected that of this one (token substitution)',
  );
}

function numeric(name: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const what = value === undefined ? 'missing' : 'not a number';
  throw badIdToken(
    `${name} ${what}`,
    `${name} is ${what}: got ${value === undefined ? 'none' : kind(value)}, expected a number`,
  );
}
