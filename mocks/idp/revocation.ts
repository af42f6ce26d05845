import { methodNotAllowed, Refusal, unstored } from './answer.ts';
import { authenticate } from './client-authentication.ts';
import type { EndpointHandler } from './endpoint.ts';
import { form } from './form.ts';

/** Token revocation (RFC 7009): 200 also for a token that is unknown (§2.2), a refusal for another client's (§2.1). */
export const revocation: EndpointHandler = async (request, visit) => {
  if (request.method !== 'POST') return methodNotAllowed('POST');
  const parameters = form(request);
  const client = authenticate(request, parameters, visit.clients);
  const token = parameters.get('token');
  if (!token) throw new Refusal('invalid_request', 'token is missing');
  const claims = await visit.tokens.active(token, visit.now());
  if (claims && claims.client_id !== client.id)
    throw new Refusal('invalid_grant', 'The token was issued to another client');
  if (claims) visit.tokens.revoke(token);
  return { status: 200, headers: unstored, body: new Uint8Array() };
};
