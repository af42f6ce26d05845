import type { JsonObject } from '../../../harness/model/json.ts';
import type { Client } from '../client.ts';
import type { Visit } from '../endpoint.ts';
import type { Family } from '../families.ts';
import { idToken } from '../id-token.ts';

/**
 * The tokens for what a user granted: an access token of this scope, and an ID token when `openid` is in it
 * (OIDC Core §3.1.3.3). The nonce is that of the authorization request; a refresh has none (OIDC Core §12.2).
 */
export async function userTokens(
  family: Family,
  { scope, nonce }: { readonly scope: string; readonly nonce?: string | undefined },
  client: Client,
  visit: Visit,
): Promise<JsonObject> {
  const accessToken = await visit.issueFor(family, scope);
  visit.families.joined(family, accessToken);
  const openid = scope.split(' ').includes('openid');
  return {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: visit.lifetime,
    scope,
    ...(openid && { id_token: await idToken({ family, accessToken, nonce }, client, visit) }),
  };
}
