import { defineTarget } from '../../../harness/define.ts';
import { nodeServer } from '../driver.ts';

export default defineTarget({
  id: 'node/koa-jwt',
  role: 'gateway',
  summary: 'koa-jwt 4.0 with the keys of jwks-rsa 4.1 on Koa 3, as its README shows',
  capabilities: ['jwt', 'jwks', 'jwks-cache', 'issuer', 'audience', 'rs256', 'es256', 'kid-required'],
  declares: {
    leeway: { value: '0s', source: 'jsonwebtoken@9.0.3/verify.js:189 clockTolerance' },
    keyCache: { value: '10h', source: "koa-jwt@4.0.4/README.md cacheMaxAge: ms('10h')" },
    keyRefresh: {
      value: '0s',
      source: 'jwks-rsa@4.1.0/src/wrappers/cache.js:56 (a kid that is not cached is fetched)',
    },
    deadline: { value: '30s', source: 'jwks-rsa@4.1.0/src/JwksClient.js:12 timeout' },
  },
  driver: nodeServer(import.meta.url, ({ issuer, audience, jwksUri }) => ({
    ISSUER: issuer,
    AUDIENCE: audience,
    JWKS_URI: jwksUri,
  })),
});
