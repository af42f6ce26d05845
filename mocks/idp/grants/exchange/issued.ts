import type { JsonObject } from '../../../../harness/model/json.ts';
import { Refusal } from '../../http/answer.ts';
import { mayUse } from '../../registration/client.ts';
import type { Family } from '../../tokens/families.ts';
import { idToken } from '../../tokens/id-token.ts';
import { bindingFor } from '../binding.ts';
import type { TokenRequest } from '../grant.ts';
import { tokenResponse } from '../token-response.ts';
import type { PresentedToken } from './presented.ts';
import { tokenTypes } from './types.ts';

/** What the new token is about. */
interface Facts {
  readonly subject: PresentedToken;
  /** Space-delimited. */
  readonly scope: string;
  readonly audience: string | readonly string[] | undefined;
  /** Further claims. */
  readonly claims: JsonObject;
}

/** A successful response without its `issued_token_type` (RFC 8693 §2.2.1). May throw a `Refusal`. */
type Issue = (facts: Facts, request: TokenRequest) => Promise<JsonObject>;

const issues: { readonly [type: string]: Issue } = {
  [tokenTypes.accessToken]: accessToken,
  [tokenTypes.jwt]: (facts, request) => accessToken(facts, request, 'jwt'),
  [tokenTypes.idToken]: forClient,
  [tokenTypes.refreshToken]: refreshToken,
};

/** How to issue a token of this type; `undefined` for one that is not supported. */
export const issueOf = (type: string): Issue | undefined => (Object.hasOwn(issues, type) ? issues[type] : undefined);

function accessToken({ subject, scope, audience, claims }: Facts, request: TokenRequest, format?: 'jwt') {
  const facts = { clientId: request.client.id, sub: subject.sub, scope, claims };
  return tokenResponse({ ...facts, ...(audience && { audience }), ...(format && { format }) }, request);
}

async function forClient({ subject, scope, audience }: Facts, { client, visit }: TokenRequest): Promise<JsonObject> {
  if (audience !== undefined && audience !== client.id)
    throw new Refusal('invalid_target', 'An ID token is for the client itself');
  const family = familyOf(subject, scope, { client, visit });
  return notForAccess(await idToken({ family }, client, visit), visit.lifetime('idToken'));
}

async function refreshToken({ subject, scope, audience }: Facts, request: TokenRequest): Promise<JsonObject> {
  const { client, visit } = request;
  if (!mayUse(client, 'refresh_token'))
    throw new Refusal('unauthorized_client', 'The client is not registered for refresh_token');
  if (audience !== undefined) throw new Refusal('invalid_target', 'A refresh token is for this IdP alone');
  const token = visit.families.issue(familyOf(subject, scope, request), visit, bindingFor(request));
  return { ...notForAccess(token, visit.lifetime('refreshTokenIdle')), scope };
}

/** RFC 8693 §2.2.1: it stands where an access token would, and `token_type` says that it is none. */
const notForAccess = (token: string, expiresIn: number) => ({
  access_token: token,
  token_type: 'N_A',
  expires_in: expiresIn,
});

/** As the subject logged in when the presented token was issued, if it says so. */
function familyOf(
  { sub, claims }: PresentedToken,
  scope: string,
  { client, visit }: Pick<TokenRequest, 'client' | 'visit'>,
): Family {
  const { auth_time: time, acr, amr } = claims;
  return {
    clientId: client.id,
    sub,
    scope,
    authTime: typeof time === 'number' ? time : Math.floor(visit.now() / 1000),
    acr: typeof acr === 'string' ? acr : visit.acrs[0],
    amr: Array.isArray(amr) ? amr.map(String) : [],
    since: visit.now(),
  };
}
