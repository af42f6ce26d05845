import type { JsonObject } from '../../../../harness/model/json.ts';
import { Refusal } from '../../http/answer.ts';
import { issuedIdToken } from '../../tokens/issued-id-token.ts';
import { JwtProblem } from '../../tokens/signed-jwt.ts';
import { trustedAssertion } from '../../tokens/trusted-assertion.ts';
import type { TokenRequest } from '../grant.ts';
import { tokenTypes } from './types.ts';

/** Whom a token that is to be exchanged speaks of. */
export interface PresentedToken {
  readonly sub: string;
  /** Scope values that it is worth; `undefined` when it says nothing of any. */
  readonly scope: readonly string[] | undefined;
  readonly claims: JsonObject;
}

type Reader = (token: string, request: TokenRequest) => Promise<PresentedToken | undefined>;

const readers: { readonly [type: string]: Reader } = {
  [tokenTypes.accessToken]: accessToken,
  [tokenTypes.refreshToken]: async (token, request) => refreshToken(token, request),
  [tokenTypes.idToken]: idToken,
  [tokenTypes.jwt]: async (token, request) => (await accessToken(token, request)) ?? jwt(token, request),
};

/** Throws a `Refusal` (`invalid_request`) unless the token is what it is said to be and is worth something now. */
export async function exchanged(
  name: 'subject_token' | 'actor_token',
  token: string,
  type: string,
  request: TokenRequest,
): Promise<PresentedToken> {
  const reader = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (!reader) throw new Refusal('invalid_request', `${name}_type is not supported`);
  const presented = await reader(token, request).catch((problem: unknown) => {
    if (problem instanceof JwtProblem) throw new Refusal('invalid_request', `${name}: ${problem.message}`);
    throw problem;
  });
  if (!presented) throw new Refusal('invalid_request', `${name} is expired, revoked or none of this issuer`);
  return presented;
}

async function accessToken(token: string, { visit }: TokenRequest): Promise<PresentedToken | undefined> {
  const claims = await visit.tokens.active(token, visit.now());
  if (typeof claims?.sub !== 'string') return undefined;
  return { sub: claims.sub, scope: values(claims.scope), claims };
}

/** Only of the client itself: nobody else can prove that it may use it (RFC 6749 §6). */
function refreshToken(text: string, { client, visit }: TokenRequest): PresentedToken | undefined {
  const { families, now, insistsOn } = visit;
  const token = families.find(text);
  if (!token || !families.usable(token, now())) return undefined;
  const { clientId, sub, scope } = token.family;
  if (clientId !== client.id && insistsOn('bindsRefreshTokens')) return undefined;
  return { sub, scope: values(scope), claims: {} };
}

/** Issued to this very client, for others have no business with it (OIDC Core §3.1.3.7). */
async function idToken(token: string, { client, visit }: TokenRequest): Promise<PresentedToken> {
  const claims = (await issuedIdToken(token, client.id, visit)) as JsonObject;
  return { sub: String(claims.sub), scope: undefined, claims };
}

/** An assertion as in RFC 7523, which also makes it a token of another security domain (RFC 8693 §3). */
async function jwt(token: string, { client, visit }: TokenRequest): Promise<PresentedToken> {
  const { sub, claims } = await trustedAssertion(token, client, visit);
  return { sub: visit.users.hinted(sub)?.sub ?? sub, scope: undefined, claims: claims as JsonObject };
}

const values = (scope: unknown) => (typeof scope === 'string' ? scope.split(' ').filter(Boolean) : undefined);
