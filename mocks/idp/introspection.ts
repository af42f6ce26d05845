import type { JsonObject } from '../../harness/model/json.ts';
import { json, methodNotAllowed, Refusal, unstored } from './answer.ts';
import { authenticate } from './client-authentication.ts';
import type { EndpointHandler } from './endpoint.ts';
import { form } from './form.ts';

/** Token introspection (RFC 7662) for registered clients. */
export const introspection: EndpointHandler = async (request, visit) => {
  if (request.method !== 'POST') return methodNotAllowed('POST');
  const parameters = form(request);
  authenticate(request, parameters, visit.clients);
  const token = parameters.get('token');
  if (!token) throw new Refusal('invalid_request', 'token is missing');
  const claims = await visit.tokens.active(token, visit.now());
  return json(200, claims ? described(claims) : { active: false }, unstored);
};

/** RFC 7662 §2.2. */
function described(claims: JsonObject): JsonObject {
  return { active: true, token_type: 'Bearer', ...claims };
}
