import { fileURLToPath } from 'node:url';
import { defineTarget } from '../../../harness/define.ts';
import { childProcess } from '../../../harness/drivers/process.ts';
import type { ClientWiring } from '../../../harness/model/target.ts';

export default defineTarget({
  id: 'node/passport-openidconnect',
  role: 'client',
  summary: 'passport-openidconnect 0.1 on Express 5 with express-session, as its README and its example show',
  capabilities: ['code', 'id-token', 'client-secret-post', 'web', 'dns'],
  declares: {
    leeway: { value: '0s', source: 'passport-openidconnect@0.1.2/lib/strategy.js:182' },
  },
  driver: childProcess<ClientWiring>({
    command: process.execPath,
    args: [fileURLToPath(new URL('./server.ts', import.meta.url))],
    names: 'node',
    env: ({ issuer, endpoints, clientId, clientSecret, redirectUri, host, port, ca }) => ({
      NODE_ENV: 'production',
      NODE_EXTRA_CA_CERTS: ca.file,
      HOST: host,
      PORT: String(port),
      ISSUER: issuer,
      AUTHORIZATION_URL: endpoints.authorization!,
      TOKEN_URL: endpoints.token!,
      USERINFO_URL: endpoints.userinfo!,
      CLIENT_ID: clientId,
      CLIENT_SECRET: clientSecret,
      CALLBACK_URL: redirectUri,
    }),
  }),
  web: {
    login: '/login/federated/openidconnect',
    callback: '/oauth2/redirect',
    page: '/',
    loggedIn: /^200 .*Hello, /s,
  },
});
