import type { JsonObject } from '../../../harness/model/json.ts';
import type { EndpointDefinition, Endpoints, Visit } from '../endpoint.ts';
import { json, methodNotAllowed } from '../http/answer.ts';
import { knownClaims, openidScopes } from '../sessions/users.ts';
import { contentEncryptions, encryptionAlgorithms } from '../tokens/encryption.ts';
import { clientAlgorithms } from '../tokens/signing.ts';

/** A fault on `metadata` cannot know where the attacker listens, so it writes this, and the real URL takes its place. */
export const attackerPlaceholder = 'https://attacker.invalid/';

const redirected = (document: JsonObject, { attackerUrl }: Visit): JsonObject =>
  Object.fromEntries(
    Object.entries(document).map(([name, value]) => [name, value === attackerPlaceholder ? attackerUrl : value]),
  );

/** Those that clients call themselves, at the place where the IdP asks for their certificates (RFC 8705 §5). */
function aliases(endpoints: Endpoints, origin: string): JsonObject {
  const direct = {
    token_endpoint: endpoints.token,
    userinfo_endpoint: endpoints.userinfo,
    introspection_endpoint: endpoints.introspection,
    revocation_endpoint: endpoints.revocation,
    pushed_authorization_request_endpoint: endpoints['pushed-authorization'],
    device_authorization_endpoint: endpoints['device-authorization'],
    backchannel_authentication_endpoint: endpoints['backchannel-authentication'],
  };
  const there = Object.entries(direct).filter(([, url]) => url !== undefined);
  return Object.fromEntries(there.map(([name, url]) => [name, origin + new URL(url).pathname]));
}

/** The metadata (OpenID Connect Discovery 1.0 §3, RFC 8414 §2), the same at each well-known place. */
export const discovery: EndpointDefinition = {
  name: 'discovery',
  // RFC 8414 §3.1 puts the well-known part before the issuer's path, and §5 the OpenID one there too.
  paths: (base) => [
    `${base}/.well-known/openid-configuration`,
    `/.well-known/oauth-authorization-server${base}`,
    `/.well-known/openid-configuration${base}`,
  ],
  crossOrigin: true,
  answers: 'discovery-answer',
  handle({ method }, visit) {
    if (method !== 'GET' && method !== 'HEAD') return methodNotAllowed('GET, HEAD');
    return json(200, redirected(visit.through('metadata', visit.metadata()), visit));
  },
  metadata: ({ issuer, scopes, endpoints, mtlsOrigin }) => ({
    issuer,
    scopes_supported: [...new Set([...scopes, ...openidScopes])],
    claims_supported: knownClaims,
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported: clientAlgorithms,
    id_token_encryption_alg_values_supported: encryptionAlgorithms,
    id_token_encryption_enc_values_supported: contentEncryptions,
    ...(mtlsOrigin !== undefined && { mtls_endpoint_aliases: aliases(endpoints, mtlsOrigin) }),
  }),
};
