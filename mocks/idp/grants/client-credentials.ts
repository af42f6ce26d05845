import { Refusal } from '../answer.ts';
import { isPublic } from '../client.ts';
import { granted } from '../scope.ts';
import type { Grant } from './grant.ts';

/** RFC 6749 §4.4: only for confidential clients. */
export const clientCredentials: Grant = async (form, client, visit) => {
  if (isPublic(client)) throw new Refusal('unauthorized_client', 'A public client has no credentials');
  const scope = granted(form.get('scope'), visit.scopes);
  return {
    access_token: await visit.issue(scope, client.id),
    token_type: 'Bearer',
    expires_in: visit.lifetime,
    scope,
  };
};
