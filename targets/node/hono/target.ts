import { defineTarget } from '../../../harness/define.ts';
import { nodeServer } from '../driver.ts';

export default defineTarget({
  id: 'node/hono',
  role: 'gateway',
  summary: "Hono 4.13's JWK middleware on @hono/node-server 2.1, as its documentation shows",
  capabilities: ['jwt', 'jwks', 'issuer', 'audience', 'rs256', 'kid-required', 'typ'],
  declares: {
    leeway: { value: '0s', source: 'hono@4.13.19/dist/utils/jwt/jwt.js:56' },
    keyCache: { value: '0s', source: 'hono@4.13.19/dist/utils/jwt/jwt.js:95 (fetched for every request)' },
    keyRefresh: { value: '0s', source: 'hono@4.13.19/dist/utils/jwt/jwt.js:95 (fetched for every request)' },
  },
  driver: nodeServer(import.meta.url, ({ issuer, audience, jwksUri }) => ({
    ISSUER: issuer,
    AUDIENCE: audience,
    JWKS_URI: jwksUri,
    NO_COLOR: '1',
  })),
});
