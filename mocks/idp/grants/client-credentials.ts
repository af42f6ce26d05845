import { ownSubject } from '../access-token.ts';
import { Refusal } from '../answer.ts';
import { grantedDetails } from '../authorization-details.ts';
import { isPublic } from '../client.ts';
import { decided } from '../decision.ts';
import { audienceOf, grantedResources } from '../resources.ts';
import { granted, registeredScopes } from '../scope.ts';
import type { Grant } from './grant.ts';
import { tokenResponse } from './token-response.ts';

/** RFC 6749 §4.4: only for confidential clients. */
export const clientCredentials: Grant = {
  type: 'client_credentials',
  async answer(request) {
    const { form, client, visit } = request;
    if (isPublic(client)) throw new Refusal('unauthorized_client', 'A public client has no credentials');
    const asked = granted(form.get('scope'), registeredScopes(client, visit.scopes), visit);
    const scope = decided({ client: client.id, scope: asked }, visit);
    const details = grantedDetails(request);
    const more = details && { authorization_details: details };
    const facts = { clientId: client.id, sub: ownSubject(client.id), scope, ...audienceOf(grantedResources(request)) };
    return { ...(await tokenResponse({ ...facts, ...(more && { claims: more }) }, request)), ...more };
  },
};
