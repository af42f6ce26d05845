import { grantedDetails } from '../authorization/authorization-details.ts';
import { audienceOf, grantedResources } from '../authorization/resources.ts';
import { decided } from '../decision.ts';
import { Refusal } from '../http/answer.ts';
import { isPublic } from '../registration/client.ts';
import { ownSubject } from '../tokens/access-token.ts';
import { granted, registeredScopes } from '../tokens/scope.ts';
import type { Grant } from './grant.ts';
import { tokenResponse } from './token-response.ts';

/** RFC 6749 §4.4: only for confidential clients. */
export const clientCredentials: Grant = {
  type: 'client_credentials',
  async answer(request) {
    const { form, client, visit } = request;
    if (isPublic(client) && visit.insistsOn('limitsGrants'))
      throw new Refusal('unauthorized_client', 'A public client has no credentials');
    const asked = granted(form.get('scope'), registeredScopes(client, visit.scopes, visit), visit);
    const scope = decided({ client: client.id, scope: asked }, visit);
    const details = grantedDetails(request);
    const more = details && { authorization_details: details };
    const facts = { clientId: client.id, sub: ownSubject(client.id), scope, ...audienceOf(grantedResources(request)) };
    return { ...(await tokenResponse({ ...facts, ...(more && { claims: more }) }, request)), ...more };
  },
};
