import { defineTarget } from '../../../harness/define.ts';
import { nodeClient } from '../client.ts';

export default defineTarget({
  id: 'node/google-auth-library',
  role: 'client',
  summary:
    "google-auth-library 11.3's OAuth2Client with other endpoints: code flow with PKCE and refresh, as its README shows",
  capabilities: ['code', 'refresh', 'pkce', 'client-secret-post', 'calls-api', 'dns'],
  declares: {},
  driver: nodeClient(import.meta.url),
});
