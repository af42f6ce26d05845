import { json, methodNotAllowed } from '../answer.ts';
import type { EndpointDefinition } from '../endpoint.ts';

/** The JWK Set (RFC 7517 §5): public halves only. */
export const jwks: EndpointDefinition = {
  name: 'jwks',
  paths: (base) => [`${base}/jwks`],
  crossOrigin: true,
  handle({ method }, { keyring, through }) {
    if (method !== 'GET' && method !== 'HEAD') return methodNotAllowed('GET, HEAD');
    const set = through('jwks', { keys: keyring.published.map(({ publicJwk }) => publicJwk) });
    return json(200, { ...set });
  },
  metadata: ({ endpoints }) => ({ jwks_uri: endpoints.jwks }),
};
