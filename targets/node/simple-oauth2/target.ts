import { defineTarget } from '../../../harness/define.ts';
import { nodeClient } from '../client.ts';

export default defineTarget({
  id: 'node/simple-oauth2',
  role: 'client',
  summary: 'simple-oauth2 5.1: code flow, client credentials and refresh, as its README shows',
  capabilities: ['code', 'client-credentials', 'refresh', 'calls-api', 'dns'],
  declares: {},
  driver: nodeClient(import.meta.url),
});
