import { defineTarget } from '../../../harness/define.ts';
import { container } from '../../../harness/drivers/container/container.ts';
import type { ClientWiring } from '../../../harness/model/target.ts';

const conf = 'targets/containers/apache-openidc-rp/target.ts';

export default defineTarget({
  id: 'containers/apache-openidc-rp',
  role: 'client',
  summary:
    'Apache 2.4 with mod_auth_openidc 2.4.12 as a relying party, in front of pages that it gets with the access token',
  capabilities: [
    'web',
    'code',
    'pkce',
    'iss-response',
    'id-token',
    'id-token-signature',
    'nonce',
    'refresh',
    'userinfo',
    'discovery',
    'jwks',
    'jwks-cache',
    'calls-api',
    'clock',
  ],
  declares: {
    leeway: { value: '10m', source: 'auth_openidc.conf: OIDCIDTokenIatSlack, 600 s by default' },
    keyCache: { value: '1h', source: 'auth_openidc.conf: OIDCJWKSRefreshInterval, 3600 s by default' },
    deadline: { value: '5s', source: `${conf}: OIDCHTTPTimeoutLong, ProxyTimeout` },
  },
  web: { login: '/items/mine', callback: '/callback', page: '/items/mine', loggedIn: /^200 .*"path":"\/items\/mine"/s },
  driver: container<ClientWiring>({
    build: new URL('.', import.meta.url),
    port: 8080,
    files: (wiring) => ({ '/etc/apache2/sites-enabled/app.conf': configuration(wiring) }),
    command: ['apache2ctl', '-D', 'FOREGROUND'],
    ready: { log: /resuming normal operations/ },
    clock: 'faketime',
  }),
});

const configuration = ({
  publicUrl,
  redirectUri,
  issuer,
  clientId,
  clientSecret,
  scope,
  api,
  ca,
  port,
}: ClientWiring) => `
ServerName ${publicUrl}
Listen ${port}
ErrorLog /proc/self/fd/2
CustomLog /proc/self/fd/1 combined
LogLevel warn auth_openidc:info

OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${clientId}
OIDCClientSecret ${clientSecret}
OIDCRedirectURI ${redirectUri}
OIDCCryptoPassphrase a-passphrase-that-seals-the-cookies-of-this-pack
OIDCScope "${scope}"
OIDCPKCEMethod S256
OIDCHTTPTimeoutLong 5
OIDCRefreshAccessTokenBeforeExpiry 30 logout_on_error

SSLProxyEngine on
SSLProxyCACertificateFile ${ca.file}
ProxyTimeout 5
ProxyPass /callback !
ProxyPass / ${api}/

<Location />
  AuthType openid-connect
  Require valid-user
  RequestHeader set Authorization "Bearer %{OIDC_access_token}e" env=OIDC_access_token
</Location>
`;
