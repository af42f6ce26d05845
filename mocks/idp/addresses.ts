import type { Endpoint } from '../../harness/model/parties.ts';
import type { Endpoints } from './endpoint.ts';

/** Where everything of one issuer is. */
export interface Addresses {
  readonly endpoints: Endpoints;
  /** Where the login and the consent page send their forms. */
  readonly interactionUrl: string;
  /** Which endpoint a path (with or without a query) belongs to. */
  endpointOf(path: string): Endpoint;
}

export function addressesOf(issuer: string): Addresses {
  const base = issuer.replace(/\/$/, '');
  const endpoints: Endpoints = {
    discovery: `${base}/.well-known/openid-configuration`,
    jwks: `${base}/jwks`,
    token: `${base}/token`,
    introspection: `${base}/introspect`,
    revocation: `${base}/revoke`,
    authorization: `${base}/authorize`,
    userinfo: `${base}/userinfo`,
  };
  const interactionUrl = `${base}/authorize/interaction`;
  const places = new Map<string, Endpoint>(
    Object.entries(endpoints).map(([endpoint, url]) => [new URL(url).pathname, endpoint as Endpoint]),
  );
  places.set(new URL(interactionUrl).pathname, 'authorization');
  // RFC 8414 §3.1 puts the well-known part before the issuer's path, and §5 the OpenID one there too.
  const path = new URL(base).pathname.replace(/\/$/, '');
  for (const name of ['oauth-authorization-server', 'openid-configuration'])
    places.set(`/.well-known/${name}${path}`, 'discovery');
  return { endpoints, interactionUrl, endpointOf: (path) => places.get(path.split('?')[0] ?? '') ?? 'other' };
}
