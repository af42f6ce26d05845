import { defineTarget } from '../../../harness/define.ts';
import { nodeClient } from '../client.ts';

export default defineTarget({
  id: 'node/msal-node',
  role: 'client',
  summary:
    '@azure/msal-node 7.2 with an OpenID Connect authority: code flow with PKCE, client credentials and silent renewal',
  capabilities: [
    'code',
    'client-credentials',
    'refresh',
    'discovery',
    'id-token',
    'nonce',
    'pkce',
    'client-secret-post',
    'calls-api',
    'dns',
  ],
  declares: {
    recovery: {
      value: '60s',
      source: '@azure/msal-common@16.17.0/src/utils/Constants.ts:277 DEFAULT_THROTTLE_TIME_SECONDS',
    },
  },
  driver: nodeClient(import.meta.url),
});
