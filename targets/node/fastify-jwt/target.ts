import { defineTarget } from '../../../harness/define.ts';
import { nodeServer } from '../driver.ts';

export default defineTarget({
  id: 'node/fastify-jwt',
  role: 'gateway',
  summary: '@fastify/jwt 10.2 with the keys of get-jwks 11 on Fastify 5, as the two READMEs show',
  capabilities: ['jwt', 'jwks', 'jwks-cache', 'discovery', 'issuer', 'audience', 'rs256', 'es256', 'kid-required'],
  declares: {
    leeway: { value: '0s', source: 'fast-jwt@6.3.6/src/verifier.js:507 clockTolerance' },
    keyCache: { value: '60s', source: 'get-jwks@11.0.3/README.md ttl' },
    keyRefresh: { value: '0s', source: 'get-jwks@11.0.3/src/get-jwks.js:90 (a failed look-up is not kept)' },
    deadline: { value: '5s', source: 'get-jwks@11.0.3/README.md timeout' },
  },
  driver: nodeServer(import.meta.url, ({ issuer, audience }) => ({ ISSUER: issuer, AUDIENCE: audience })),
});
