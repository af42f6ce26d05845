import { defineTarget } from '../../../harness/define.ts';
import { pythonClient } from '../client.ts';

export default defineTarget({
  id: 'python/authlib',
  role: 'client',
  summary:
    "Authlib's OAuth2Session for Requests: code flow, client credentials and refresh, as its documentation shows",
  capabilities: [
    'code',
    'client-credentials',
    'refresh',
    'jwks',
    'id-token',
    'id-token-signature',
    'nonce',
    'pkce',
    'calls-api',
  ],
  declares: {
    leeway: { value: '120s', source: 'Authlib@1.9.10/integrations/base_client/sync_openid.py:41 leeway' },
  },
  driver: pythonClient(import.meta.url, ['authlib', 'requests']),
});
