import { defineTarget } from '../../../harness/define.ts';
import { container } from '../../../harness/drivers/container/container.ts';
import type { GatewayWiring } from '../../../harness/model/target.ts';

export default defineTarget({
  id: 'containers/apache-openidc-rs',
  role: 'gateway',
  summary:
    'Apache 2.4 with mod_auth_openidc 2.4.12 as a resource server: AuthType oauth20, keys by OIDCOAuthVerifyJwksUri',
  capabilities: ['jwt', 'jwks', 'jwks-cache', 'issuer', 'audience', 'scope', 'rs256', 'es256'],
  declares: {
    keyCache: { value: '1h', source: 'auth_openidc.conf: OIDCJWKSRefreshInterval, 3600 by default' },
    deadline: { value: '5s', source: 'targets/containers/apache-openidc-rs/target.ts: Timeout, OIDCHTTPTimeoutLong' },
  },
  driver: container({
    build: new URL('.', import.meta.url),
    port: 8080,
    files: (wiring) => ({ '/etc/apache2/sites-enabled/gateway.conf': configuration(wiring) }),
    command: ['apache2ctl', '-D', 'FOREGROUND'],
    ready: { log: /resuming normal operations/ },
    clock: 'faketime',
    names: true,
  }),
});

const configuration = ({ api, port, ca, issuer, audience, scope, jwksUri }: GatewayWiring) => `
ServerName gateway
Listen ${port}
Timeout 5
ErrorLog /proc/self/fd/2
CustomLog /proc/self/fd/1 combined
LogLevel warn auth_openidc:info

OIDCOAuthVerifyJwksUri ${jwksUri}
OIDCOAuthRemoteUserClaim sub
OIDCHTTPTimeoutLong 5

SSLProxyEngine on
SSLProxyCACertificateFile ${ca.file}
ProxyTimeout 5
ProxyPass / ${api}/

<Location />
  AuthType oauth20
  <RequireAll>
    Require claim iss:${issuer}
    Require claim aud:${audience}
    Require claim "scope~(^| )${scope}( |$)"
  </RequireAll>
</Location>
`;
