import { fileURLToPath } from 'node:url';
import { defineTarget } from '../../../harness/define.ts';
import { childProcess } from '../../../harness/drivers/process.ts';
import type { ClientWiring } from '../../../harness/model/target.ts';

export default defineTarget({
  id: 'node/oidc-client-ts',
  role: 'client',
  summary: 'oidc-client-ts 3.5 in a single-page application, as its documentation and its sample show',
  capabilities: ['browser', 'web', 'code', 'pkce', 'id-token', 'discovery', 'calls-api'],
  declares: {},
  driver: childProcess<ClientWiring>({
    command: process.execPath,
    args: [fileURLToPath(new URL('./server.ts', import.meta.url))],
    env: ({ issuer, clientId, redirectUri, scope, api, host, port }) => ({
      NODE_ENV: 'production',
      HOST: host,
      PORT: String(port),
      ISSUER: issuer,
      CLIENT_ID: clientId,
      REDIRECT_URI: redirectUri,
      SCOPE: scope,
      API: api,
    }),
  }),
  web: { login: '/login', callback: '/callback', page: '/', loggedIn: /^200 .*Hello, /s },
});
