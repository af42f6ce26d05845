import type { JsonObject } from '../../../harness/model/json.ts';
import { json, methodNotAllowed } from '../answer.ts';
import type { EndpointDefinition, Visit } from '../endpoint.ts';
import { knownClaims, openidScopes } from '../users.ts';

/** A fault on `metadata` cannot know where the attacker listens, so it writes this, and the real URL takes its place. */
export const attackerPlaceholder = 'https://attacker.invalid/';

const redirected = (document: JsonObject, { attackerUrl }: Visit): JsonObject =>
  Object.fromEntries(
    Object.entries(document).map(([name, value]) => [name, value === attackerPlaceholder ? attackerUrl : value]),
  );

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
  handle({ method }, visit) {
    if (method !== 'GET' && method !== 'HEAD') return methodNotAllowed('GET, HEAD');
    return json(200, redirected(visit.through('metadata', visit.metadata()), visit));
  },
  metadata: ({ issuer, scopes }) => ({
    issuer,
    scopes_supported: [...new Set([...scopes, ...openidScopes])],
    claims_supported: knownClaims,
    subject_types_supported: ['public'],
  }),
};
