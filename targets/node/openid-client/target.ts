import { defineTarget } from '../../../harness/define.ts';
import { nodeClient } from '../client.ts';

export default defineTarget({
  id: 'node/openid-client',
  role: 'client',
  summary: 'openid-client 6.9: code flow with PKCE, client credentials and refresh, as its README shows',
  capabilities: [
    'code',
    'client-credentials',
    'refresh',
    'discovery',
    'id-token',
    'userinfo',
    'pkce',
    'client-secret-post',
    'calls-api',
    'dns',
  ],
  declares: {
    leeway: { value: '30s', source: 'openid-client@6.9.0/build/index.d.ts:600 clockTolerance' },
    deadline: { value: '30s', source: 'openid-client@6.9.0/build/index.d.ts:839 timeout' },
  },
  driver: nodeClient(import.meta.url),
});
