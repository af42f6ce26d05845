import { ownSubject } from '../access-token.ts';
import { Refusal } from '../answer.ts';
import { isPublic } from '../client.ts';
import { decided } from '../decision.ts';
import { granted } from '../scope.ts';
import type { Grant } from './grant.ts';
import { tokenResponse } from './token-response.ts';

/** RFC 6749 §4.4: only for confidential clients. */
export const clientCredentials: Grant = {
  type: 'client_credentials',
  async answer(request) {
    const { form, client, visit } = request;
    if (isPublic(client)) throw new Refusal('unauthorized_client', 'A public client has no credentials');
    const asked = granted(form.get('scope'), visit.scopes, visit);
    const scope = decided({ client: client.id, scope: asked }, visit);
    return tokenResponse({ clientId: client.id, sub: ownSubject(client.id), scope }, request);
  },
};
