import type { JsonObject } from '../../harness/model/json.ts';
import { json, methodNotAllowed } from './answer.ts';
import type { EndpointHandler, Endpoints, Visit } from './endpoint.ts';

/** A fault on `metadata` cannot know where the attacker listens, so it writes this, and the real URL takes its place. */
export const attackerPlaceholder = 'https://attacker.invalid/';

/** OpenID Connect Discovery 1.0 §3 and RFC 8414 §2. */
function metadata(issuer: string, endpoints: Endpoints, scopes: readonly string[]): JsonObject {
  const authentication = ['client_secret_basic', 'client_secret_post'];
  return {
    issuer,
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    jwks_uri: endpoints.jwks,
    introspection_endpoint: endpoints.introspection,
    revocation_endpoint: endpoints.revocation,
    scopes_supported: scopes,
    response_types_supported: ['code'],
    grant_types_supported: ['client_credentials'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: authentication,
    introspection_endpoint_auth_methods_supported: authentication,
    revocation_endpoint_auth_methods_supported: authentication,
  };
}

const redirected = (document: JsonObject, { attackerUrl }: Visit): JsonObject =>
  Object.fromEntries(
    Object.entries(document).map(([name, value]) => [name, value === attackerPlaceholder ? attackerUrl : value]),
  );

/** The discovery document, the same at both well-known places. */
export const discovery: EndpointHandler = ({ method }, visit) => {
  if (method !== 'GET' && method !== 'HEAD') return methodNotAllowed('GET, HEAD');
  const document = visit.through('metadata', metadata(visit.issuer, visit.endpoints, visit.scopes));
  return json(200, redirected(document, visit));
};
