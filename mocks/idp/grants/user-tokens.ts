import type { JsonObject } from '../../../harness/model/json.ts';
import { grantedDetails } from '../authorization/authorization-details.ts';
import { grantedResources } from '../authorization/resources.ts';
import { decided } from '../decision.ts';
import type { Family } from '../tokens/families.ts';
import { type IdTokenFacts, idToken } from '../tokens/id-token.ts';
import type { TokenRequest } from './grant.ts';
import { type Extent, toldInIdToken, userAccess } from './user-access.ts';

/**
 * How much of what a user granted a token request is for; the scope is the granted one when nothing else is said. To be
 * known before anything is spent, so that a client whose request is refused may mend it. Throws a `Refusal`.
 */
export function extentOf(family: Family, request: TokenRequest, asked = family.scope): Extent {
  const resources = grantedResources(request, family.resources);
  const authorizationDetails = grantedDetails(request, family.authorizationDetails ?? []);
  const { clientId, sub } = family;
  return { scope: decided({ client: clientId, sub, scope: asked }, request.visit), resources, authorizationDetails };
}

/**
 * The tokens for what a user granted: an access token of this extent, and an ID token when `openid` is in it
 * (OIDC Core §3.1.3.3). The nonce is that of the authorization request; a refresh has none (OIDC Core §12.2).
 */
export async function userTokens(
  family: Family,
  extent: Extent,
  about: Pick<IdTokenFacts, 'nonce' | 'refreshed'>,
  request: TokenRequest,
): Promise<JsonObject> {
  const { client, visit } = request;
  const response = await userAccess(family, extent, request);
  if (!extent.scope.split(' ').includes('openid')) return response;
  const facts = { family, accessToken: response.access_token, told: toldInIdToken(family, visit), ...about };
  return { ...response, id_token: await idToken(facts, client, visit) };
}
