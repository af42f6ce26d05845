import { defineTarget } from '../../../harness/define.ts';
import { nodeServer } from '../driver.ts';

export default defineTarget({
  id: 'node/passport-jwt',
  role: 'gateway',
  summary: 'passport-jwt 4.0 with the keys of jwks-rsa 4.1 on Passport 0.7 and Express 5, as its README shows',
  capabilities: ['jwt', 'jwks', 'jwks-cache', 'issuer', 'audience', 'rs256', 'kid-required'],
  declares: {
    leeway: { value: '0s', source: 'jsonwebtoken@9.0.3/verify.js:189 clockTolerance' },
    keyCache: { value: '10m', source: 'jwks-rsa@4.1.0/src/wrappers/cache.js:6 cacheMaxAge' },
    keyRefresh: { value: '1m', source: 'jwks-rsa@4.1.0/src/wrappers/rateLimit.js:6 jwksRequestsPerMinute' },
    deadline: { value: '30s', source: 'jwks-rsa@4.1.0/src/JwksClient.js:12 timeout' },
    recovery: { value: '1m', source: 'jwks-rsa@4.1.0/src/wrappers/rateLimit.js:6 jwksRequestsPerMinute' },
  },
  driver: nodeServer(import.meta.url, ({ issuer, audience, jwksUri }) => ({
    ISSUER: issuer,
    AUDIENCE: audience,
    JWKS_URI: jwksUri,
  })),
});
