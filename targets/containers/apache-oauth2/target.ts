import { defineTarget } from '../../../harness/define.ts';
import { container } from '../../../harness/drivers/container/container.ts';
import type { GatewayWiring } from '../../../harness/model/target.ts';

export default defineTarget({
  id: 'containers/apache-oauth2',
  role: 'gateway',
  summary: 'Apache 2.4 with mod_oauth2 3.3: AuthType oauth2, keys by jwks_uri, claims by Require oauth2_claim',
  capabilities: ['jwt', 'jwks', 'jwks-cache', 'issuer', 'audience', 'scope', 'rs256', 'es256'],
  declares: {
    keyCache: { value: '1d', source: 'liboauth2 1.4.5: the default of jwks_uri.expiry, 86400 s' },
    deadline: {
      value: '5s',
      source: 'targets/containers/apache-oauth2/target.ts: ProxyTimeout',
    },
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
  words: {
    'token/malformed': /cjose_jws_import failed/,
    'token/signature': /_oauth2_jose_jwt_verify_jwk: cjose_jws_verify failed/,
    'idp/signing-keys': /jwks_uri_resolve_response_callback/,
    'idp/clock-skew': /"iat" validation failure .* in the future/,
    'gateway/plugin': /client used unsupported authentication scheme/,
  },
});

const configuration = ({ api, port, ca, issuer, audience, scope, jwksUri }: GatewayWiring) => `
ServerName gateway
Listen ${port}
Timeout 5
ErrorLog /proc/self/fd/2
CustomLog /proc/self/fd/1 combined
LogLevel warn oauth2:info

SSLProxyEngine on
SSLProxyCACertificateFile ${ca.file}
ProxyTimeout 5
ProxyPass / ${api}/

<Location />
  AuthType oauth2
  OAuth2TokenVerify jwks_uri ${jwksUri} verify.exp=required
  <RequireAll>
    Require oauth2_claim iss:${issuer}
    Require oauth2_claim aud:${audience}
    Require oauth2_claim scope:${scope}
  </RequireAll>
</Location>
`;
