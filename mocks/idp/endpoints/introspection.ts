import type { JsonObject } from '../../../harness/model/json.ts';
import { json, methodNotAllowed, Refusal, unstored } from '../answer.ts';
import { isPublic } from '../client.ts';
import { assertionAlgorithms } from '../client-authentication/assertion.ts';
import { authenticationMethods } from '../client-authentication/registration.ts';
import { authenticate } from '../client-authentication.ts';
import type { EndpointDefinition, Visit } from '../endpoint.ts';
import { form } from '../form.ts';

/** Token introspection (RFC 7662) for registered clients that can prove themselves. */
export const introspection: EndpointDefinition = {
  name: 'introspection',
  paths: (base) => [`${base}/introspect`],
  answers: 'introspection-answer',
  async handle(request, visit) {
    if (request.method !== 'POST') return methodNotAllowed('POST');
    const parameters = form(request);
    const client = await authenticate(request, parameters, visit);
    if (isPublic(client)) throw new Refusal('invalid_client', 'A public client cannot prove itself');
    const token = parameters.get('token');
    if (!token) throw new Refusal('invalid_request', 'token is missing');
    visit.about.token = token;
    const refresh = refreshToken(token, client.id, visit);
    if (refresh) return json(200, refresh, unstored);
    const claims = await visit.tokens.active(token, visit.now());
    return json(200, claims ? described(claims) : { active: false }, unstored);
  },
  metadata: ({ endpoints }) => ({
    introspection_endpoint: endpoints.introspection,
    introspection_endpoint_auth_methods_supported: authenticationMethods.filter((method) => method !== 'none'),
    introspection_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
  }),
};

/** RFC 7662 §2.2. */
function described(claims: JsonObject): JsonObject {
  return { active: true, token_type: 'Bearer', ...claims };
}

/** Only its own client learns anything about a refresh token. */
function refreshToken(text: string, clientId: string, { families, issuer, now }: Visit): JsonObject | undefined {
  const token = families.find(text);
  if (!token) return undefined;
  const { family, issued, expires } = token;
  if (family.clientId !== clientId || !families.usable(token, now())) return { active: false };
  const [iat, exp] = [issued, expires].map((time) => Math.floor(time / 1000)) as [number, number];
  return { active: true, iss: issuer, sub: family.sub, client_id: clientId, scope: family.scope, iat, exp };
}
