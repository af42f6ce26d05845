import { defineTarget } from '../../../harness/define.ts';
import { nodeIdp } from '../idp-driver.ts';

export default defineTarget({
  id: 'node/node-oauth2-server',
  role: 'idp',
  summary: '@node-oauth/oauth2-server 5.3 on Express 5 with a model in memory, as its documentation shows',
  capabilities: [
    'authorization-code',
    'client-credentials',
    'refresh-token',
    'refresh-rotation',
    'client-secret',
    'pkce',
  ],
  declares: {
    codeLifetime: { value: '10s', source: 'targets/node/node-oauth2-server/server.ts authorizationCodeLifetime' },
  },
  idp: {
    // It has no discovery document.
    metadata: (url) => ({
      issuer: url,
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
    }),
  },
  driver: nodeIdp(import.meta.url),
});
