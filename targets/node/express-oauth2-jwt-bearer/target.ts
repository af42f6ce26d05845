import { defineTarget } from '../../../harness/define.ts';
import { nodeServer } from '../driver.ts';

const source = 'express-oauth2-jwt-bearer@1.10.0/dist/index.js:297';

export default defineTarget({
  id: 'node/express-oauth2-jwt-bearer',
  role: 'gateway',
  summary: "Auth0's express-oauth2-jwt-bearer 1.10 on Express 5, configured by issuer and audience as its README shows",
  capabilities: [
    'jwt',
    'jwks',
    'jwks-cache',
    'discovery',
    'issuer',
    'audience',
    'scope',
    'rs256',
    'es256',
    'token-in-query',
    'dpop',
  ],
  declares: {
    leeway: { value: '5s', source: `${source} clockTolerance` },
    keyCache: { value: '10m', source: `${source} cacheMaxAge` },
    keyRefresh: { value: '30s', source: `${source} cooldownDuration` },
    deadline: { value: '5s', source: `${source} timeoutDuration` },
  },
  // ISSUER and JWKS_URI must stay unset: the package reads them too, and would then skip parts of discovery.
  driver: nodeServer(import.meta.url, ({ issuer, audience, scope }) => ({
    ISSUER_BASE_URL: issuer,
    AUDIENCE: audience,
    SCOPE: scope,
  })),
});
