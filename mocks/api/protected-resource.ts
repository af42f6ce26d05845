import type { HttpAnswer } from '../../harness/model/http.ts';
import type { JsonObject } from '../../harness/model/json.ts';

/** What an API says of itself (RFC 9728 §2). */
export interface ProtectedResource {
  /** Its resource identifier: the URL at which clients call it, without a fragment. */
  readonly resource: string;
  /** Issuers whose tokens it takes. */
  readonly authorizationServers: readonly string[];
  readonly scopes?: readonly string[];
  /** JWS algorithms of DPoP proofs; it takes no DPoP when absent. */
  readonly dpopSigningAlgs?: readonly string[];
  readonly dpopRequired?: boolean;
  /** It takes tokens that are bound to a client certificate (RFC 8705 §3). */
  readonly certificateBound?: boolean;
}

/** Where its metadata is: between the host and the path of the resource, which stays as it is (RFC 9728 §3.1). */
export function metadataUrl({ resource }: ProtectedResource): string {
  const { origin, pathname, search } = new URL(resource);
  return `${origin}/.well-known/oauth-protected-resource${pathname === '/' ? '' : pathname}${search}`;
}

/** RFC 9728 §2. */
export function resourceMetadata(about: ProtectedResource): JsonObject {
  const { resource, authorizationServers, scopes, dpopSigningAlgs, dpopRequired, certificateBound } = about;
  return {
    resource,
    authorization_servers: authorizationServers,
    ...(scopes && { scopes_supported: scopes }),
    bearer_methods_supported: ['header'],
    ...(dpopSigningAlgs && { dpop_signing_alg_values_supported: dpopSigningAlgs }),
    ...(dpopRequired && { dpop_bound_access_tokens_required: true }),
    ...(certificateBound && { tls_client_certificate_bound_access_tokens: true }),
  };
}

/** For a request without credentials: where to read how to get them (RFC 9728 §5.1), and no error (RFC 6750 §3.1). */
export function challenge(about: ProtectedResource): HttpAnswer {
  const { scopes, dpopSigningAlgs, dpopRequired } = about;
  const parameters = [`resource_metadata="${metadataUrl(about)}"`, ...(scopes ? [`scope="${scopes.join(' ')}"`] : [])];
  const challenges = [
    ...(dpopRequired ? [] : [`Bearer ${parameters.join(', ')}`]),
    ...(dpopSigningAlgs ? [`DPoP ${[...parameters, `algs="${dpopSigningAlgs.join(' ')}"`].join(', ')}`] : []),
  ];
  const headers = challenges.map((each) => ['www-authenticate', each] as const);
  return { status: 401, headers, body: new Uint8Array() };
}
