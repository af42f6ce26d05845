import { defineTarget } from '../../../harness/define.ts';
import { nodeIdp } from '../idp-driver.ts';

export default defineTarget({
  id: 'node/oauth2-mock-server',
  role: 'idp',
  summary: 'oauth2-mock-server 9.3 with one RS256 key, as its README shows; made for tests, and knows no clients',
  capabilities: [
    'authorization-code',
    'client-credentials',
    'refresh-token',
    'pkce',
    'introspection',
    'revocation',
    'userinfo',
    'openid',
  ],
  declares: {},
  driver: nodeIdp(import.meta.url),
});
