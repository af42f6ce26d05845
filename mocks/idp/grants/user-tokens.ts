import type { JsonObject } from '../../../harness/model/json.ts';
import { authentication } from '../access-token.ts';
import { decided } from '../decision.ts';
import type { Family } from '../families.ts';
import { idToken } from '../id-token.ts';
import type { TokenRequest } from './grant.ts';
import { tokenResponse } from './token-response.ts';

/**
 * The tokens for what a user granted: an access token of this scope, and an ID token when `openid` is in it
 * (OIDC Core §3.1.3.3). The nonce is that of the authorization request; a refresh has none (OIDC Core §12.2).
 */
export async function userTokens(
  family: Family,
  { scope: asked, nonce }: { readonly scope: string; readonly nonce?: string | undefined },
  request: TokenRequest,
): Promise<JsonObject> {
  const { client, visit } = request;
  const { clientId, sub } = family;
  const scope = decided({ client: clientId, sub, scope: asked }, visit);
  const response = await tokenResponse({ clientId, sub, scope, claims: authentication(family) }, request);
  const accessToken = response.access_token;
  visit.families.joined(family, accessToken);
  if (!scope.split(' ').includes('openid')) return response;
  return { ...response, id_token: await idToken({ family, accessToken, nonce }, client, visit) };
}
