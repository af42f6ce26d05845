import type { JsonObject } from '../../harness/model/json.ts';
import { json, methodNotAllowed } from './answer.ts';
import { prompts } from './authorization-request.ts';
import { assertionAlgorithms } from './client-authentication/assertion.ts';
import { authenticationMethods } from './client-authentication/registration.ts';
import type { EndpointHandler, Visit } from './endpoint.ts';
import { grants } from './grants/index.ts';
import { responseModes } from './redirection.ts';
import { knownClaims, openidScopes } from './users.ts';

/** A fault on `metadata` cannot know where the attacker listens, so it writes this, and the real URL takes its place. */
export const attackerPlaceholder = 'https://attacker.invalid/';

/** OpenID Connect Discovery 1.0 §3, RFC 8414 §2 and RFC 9207 §3. */
function metadata({ issuer, endpoints, scopes, challengeMethods, acrs, keyring }: Visit): JsonObject {
  const proving = authenticationMethods.filter((method) => method !== 'none');
  return {
    issuer,
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    jwks_uri: endpoints.jwks,
    userinfo_endpoint: endpoints.userinfo,
    introspection_endpoint: endpoints.introspection,
    revocation_endpoint: endpoints.revocation,
    scopes_supported: [...new Set([...scopes, ...openidScopes])],
    claims_supported: knownClaims,
    response_types_supported: ['code'],
    response_modes_supported: responseModes,
    grant_types_supported: [...grants.keys()],
    code_challenge_methods_supported: challengeMethods,
    authorization_response_iss_parameter_supported: true,
    prompt_values_supported: prompts,
    acr_values_supported: acrs,
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [
      ...new Set(keyring.published.map(({ alg }) => alg)),
      'HS256',
      'HS384',
      'HS512',
    ],
    token_endpoint_auth_methods_supported: authenticationMethods,
    token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    introspection_endpoint_auth_methods_supported: proving,
    introspection_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    revocation_endpoint_auth_methods_supported: authenticationMethods,
    revocation_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
  };
}

const redirected = (document: JsonObject, { attackerUrl }: Visit): JsonObject =>
  Object.fromEntries(
    Object.entries(document).map(([name, value]) => [name, value === attackerPlaceholder ? attackerUrl : value]),
  );

/** The discovery document, the same at both well-known places. */
export const discovery: EndpointHandler = ({ method }, visit) => {
  if (method !== 'GET' && method !== 'HEAD') return methodNotAllowed('GET, HEAD');
  const document = visit.through('metadata', metadata(visit));
  return json(200, redirected(document, visit));
};
