import type { JsonObject } from '../../harness/model/json.ts';
import { json, methodNotAllowed, Refusal, unstored } from './answer.ts';
import { isPublic } from './client.ts';
import { authenticate } from './client-authentication.ts';
import type { EndpointHandler, Visit } from './endpoint.ts';
import { form } from './form.ts';

/** Token introspection (RFC 7662) for registered clients that can prove themselves. */
export const introspection: EndpointHandler = async (request, visit) => {
  if (request.method !== 'POST') return methodNotAllowed('POST');
  const parameters = form(request);
  const client = await authenticate(request, parameters, visit);
  if (isPublic(client)) throw new Refusal('invalid_client', 'A public client cannot prove itself');
  const token = parameters.get('token');
  if (!token) throw new Refusal('invalid_request', 'token is missing');
  const refresh = refreshToken(token, client.id, visit);
  if (refresh) return json(200, refresh, unstored);
  const claims = await visit.tokens.active(token, visit.now());
  return json(200, claims ? described(claims) : { active: false }, unstored);
};

/** RFC 7662 §2.2. */
function described(claims: JsonObject): JsonObject {
  return { active: true, token_type: 'Bearer', ...claims };
}

/** Only its own client learns anything about a refresh token. */
function refreshToken(text: string, clientId: string, { families, issuer, now }: Visit): JsonObject | undefined {
  const token = families.find(text);
  if (!token) return undefined;
  const { family, issued } = token;
  if (family.clientId !== clientId || !families.usable(token, now())) return { active: false };
  const [iat, exp] = [issued, families.expiry(token)].map((time) => Math.floor(time / 1000)) as [number, number];
  return { active: true, iss: issuer, sub: family.sub, client_id: clientId, scope: family.scope, iat, exp };
}
