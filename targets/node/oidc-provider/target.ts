import { defineTarget } from '../../../harness/define.ts';
import { nodeIdp } from '../idp-driver.ts';

export default defineTarget({
  id: 'node/oidc-provider',
  role: 'idp',
  summary: 'oidc-provider 9.13 with its development interactions, as its README shows',
  capabilities: [
    'authorization-code',
    'client-credentials',
    'refresh-token',
    'client-secret',
    'client-secret-jwt',
    'private-key-jwt',
    'client-jwks-uri',
    'backchannel-logout',
    'client-scopes',
    'leaves-out-scopes',
    'public-clients',
    'pkce',
    'pkce-required',
    'introspection',
    'revocation',
    'userinfo',
    'openid',
    'refreshed-id-token',
    'consent',
    'form-post',
    'response-iss',
  ],
  declares: {
    codeLifetime: { value: '10s', source: 'targets/node/oidc-provider/server.ts ttl.AuthorizationCode' },
    keyRefresh: { value: '60s', source: 'oidc-provider@9.13.3/lib/models/client.js: freshUntil' },
  },
  idp: { authorizationParameters: { prompt: 'consent' } },
  driver: nodeIdp(import.meta.url),
});
