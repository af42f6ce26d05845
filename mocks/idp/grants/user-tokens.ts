import type { JsonObject } from '../../../harness/model/json.ts';
import { grantedDetails } from '../authorization-details.ts';
import { decided } from '../decision.ts';
import type { Family } from '../families.ts';
import { type IdTokenFacts, idToken } from '../id-token.ts';
import { grantedResources } from '../resources.ts';
import type { TokenRequest } from './grant.ts';
import { toldInIdToken, userAccess } from './user-access.ts';

/**
 * The tokens for what a user granted: an access token of this scope, and an ID token when `openid` is in it
 * (OIDC Core §3.1.3.3). The nonce is that of the authorization request; a refresh has none (OIDC Core §12.2).
 */
export async function userTokens(
  family: Family,
  { scope: asked, ...about }: { readonly scope: string } & Pick<IdTokenFacts, 'nonce' | 'refreshed'>,
  request: TokenRequest,
): Promise<JsonObject> {
  const { client, visit } = request;
  const { clientId, sub } = family;
  const resources = grantedResources(request, family.resources);
  const authorizationDetails = grantedDetails(request, family.authorizationDetails ?? []);
  const scope = decided({ client: clientId, sub, scope: asked }, visit);
  const response = await userAccess(family, { scope, resources, authorizationDetails }, request);
  if (!scope.split(' ').includes('openid')) return response;
  const facts = { family, accessToken: response.access_token, told: toldInIdToken(family, visit), ...about };
  return { ...response, id_token: await idToken(facts, client, visit) };
}
