import type { JsonObject } from '../../../harness/model/json.ts';
import type { AuthorizationDetails } from '../authorization/authorization-details.ts';
import { toldOnRequest } from '../authorization/requested-claims.ts';
import { audienceOf } from '../authorization/resources.ts';
import type { Visit } from '../endpoint.ts';
import { authentication } from '../tokens/access-token.ts';
import type { Family } from '../tokens/families.ts';
import type { TokenRequest } from './grant.ts';
import { type TokenResponse, tokenResponse } from './token-response.ts';

/** How much of what the user granted an access token is for. */
export interface Extent {
  /** Space-delimited. */
  readonly scope: string;
  readonly resources?: readonly string[] | undefined;
  readonly authorizationDetails?: AuthorizationDetails | undefined;
}

/** A response with an access token for what a user granted. It is revoked with the grant. */
export async function userAccess(
  family: Family,
  { scope, resources = [], authorizationDetails: details }: Extent,
  request: Pick<TokenRequest, 'visit' | 'confirmation'>,
): Promise<TokenResponse> {
  const { clientId, sub, claims: requested } = family;
  const granted = details && { authorization_details: details };
  const claims = { ...authentication(family), ...granted };
  const response = await tokenResponse({ clientId, sub, scope, claims, ...audienceOf(resources) }, request);
  const { families, userinfoRequests } = request.visit;
  families.joined(family, response.access_token);
  if (requested && requested.userinfo.size > 0) userinfoRequests.set(response.access_token, requested.userinfo);
  return { ...response, ...granted };
}

/** What a client has asked an ID token to tell of the user (OIDC Core §5.5). */
export function toldInIdToken({ sub, claims }: Family, { users }: Visit): JsonObject | undefined {
  const user = claims && users.find(sub);
  return user && toldOnRequest(user, claims.idToken);
}
