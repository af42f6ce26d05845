import type { Headers, HttpAnswer } from '../../../harness/model/http.ts';
import { json, methodNotAllowed, unstored } from '../answer.ts';
import type { EndpointDefinition } from '../endpoint.ts';
import { claimsFor } from '../users.ts';

/** UserInfo (OIDC Core §5.3) for an access token in `Authorization` (RFC 6750 §2.1) with the scope `openid`. */
export const userinfo: EndpointDefinition = {
  name: 'userinfo',
  paths: (base) => [`${base}/userinfo`],
  answers: 'userinfo-answer',
  crossOrigin: true,
  async handle(request, visit) {
    if (request.method !== 'GET' && request.method !== 'POST') return methodNotAllowed('GET, POST');
    const fields = request.headers.filter(([name]) => name.toLowerCase() === 'authorization');
    if (fields.length === 0) return challenged(401);
    const [, token] = /^bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(fields[0]?.[1] ?? '') ?? [];
    if (fields.length > 1 || !token) return challenged(400, 'invalid_request', 'Send one access token as Bearer');
    visit.about.token = token;
    const claims = await visit.tokens.active(token, visit.now());
    const invalid = 'The access token is expired, revoked or none of this issuer';
    if (!claims) return challenged(401, 'invalid_token', invalid);
    visit.about.client = String(claims.client_id);
    const scope = String(claims.scope ?? '');
    if (!scope.split(' ').includes('openid'))
      return challenged(403, 'insufficient_scope', 'The access token lacks the scope openid', 'openid');
    const user = visit.users.find(String(claims.sub));
    return user ? json(200, claimsFor(user, scope), unstored) : challenged(401, 'invalid_token', invalid);
  },
  metadata: ({ endpoints }) => ({ userinfo_endpoint: endpoints.userinfo }),
};

/** RFC 6750 §3: without an error when the request carries no authentication at all. */
function challenged(status: number, error?: string, description?: string, scope?: string): HttpAnswer {
  const parameters = Object.entries({ realm: 'idp', error, error_description: description, scope });
  const said = parameters.flatMap(([name, value]) => (value === undefined ? [] : [`${name}="${value}"`]));
  const headers: Headers = [...unstored, ['www-authenticate', `Bearer ${said.join(', ')}`]];
  if (error === undefined) return { status, headers, body: new Uint8Array() };
  return json(status, { error, error_description: description ?? '' }, headers);
}
