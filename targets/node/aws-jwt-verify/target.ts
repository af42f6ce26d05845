import { defineTarget } from '../../../harness/define.ts';
import { nodeServer } from '../driver.ts';

export default defineTarget({
  id: 'node/aws-jwt-verify',
  role: 'gateway',
  summary: 'The generic JwtVerifier of aws-jwt-verify 5.2 on Express 5, as its README shows',
  capabilities: ['jwt', 'jwks', 'jwks-cache', 'issuer', 'audience', 'scope', 'rs256', 'es256', 'kid-required'],
  declares: {
    leeway: { value: '0s', source: 'aws-jwt-verify@5.2.1/README.md graceSeconds' },
    keyRefresh: { value: '10s', source: 'aws-jwt-verify@5.2.1/README.md Rate limiting' },
    deadline: {
      value: '6s',
      source: 'aws-jwt-verify@5.2.1/README.md responseTimeout: 3000 ms, with one immediate retry',
    },
    recovery: { value: '10s', source: 'aws-jwt-verify@5.2.1/README.md Rate limiting' },
  },
  driver: nodeServer(import.meta.url, ({ issuer, audience, jwksUri, scope }) => ({
    ISSUER: issuer,
    AUDIENCE: audience,
    JWKS_URI: jwksUri,
    SCOPE: scope,
  })),
});
