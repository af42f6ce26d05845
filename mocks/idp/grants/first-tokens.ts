import type { JsonObject } from '../../../harness/model/json.ts';
import { mayUse } from '../registration/client.ts';
import type { Family } from '../tokens/families.ts';
import { bindingFor } from './binding.ts';
import type { TokenRequest } from './grant.ts';
import type { Extent } from './user-access.ts';
import { userTokens } from './user-tokens.ts';

/** The first tokens for what a user granted: with a refresh token if that was asked for (OIDC Core §11). */
export async function firstTokens(
  family: Family,
  extent: Extent,
  request: TokenRequest,
  nonce?: string | undefined,
): Promise<JsonObject> {
  const { client, visit } = request;
  const tokens = await userTokens(family, extent, { nonce }, request);
  const offline = family.scope.split(' ').includes('offline_access') || client.grantTypes?.includes('refresh_token');
  if (!offline || !mayUse(client, 'refresh_token')) return tokens;
  return { ...tokens, refresh_token: visit.families.issue(family, visit, bindingFor(request)) };
}
