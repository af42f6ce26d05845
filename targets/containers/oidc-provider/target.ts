import { defineTarget } from '../../../harness/define.ts';
import { type ContainerOptions, container } from '../../../harness/drivers/container/container.ts';
import type { IdpWiring, RegisteredClient } from '../../../harness/model/target.ts';

const ttl = { AccessToken: 600, AuthorizationCode: 60, ClientCredentials: 600, RefreshToken: 1_209_600 };
const source = 'targets/containers/oidc-provider/target.ts: ttl';

export const options = {
  build: new URL('.', import.meta.url),
  port: 8080,
  env: ({ ca }) => ({ NODE_EXTRA_CA_CERTS: ca.file }),
  files: (wiring, url) => ({ '/etc/oidc-provider/settings.json': JSON.stringify(settings(wiring, url)) }),
  ready: { http: '/.well-known/openid-configuration' },
  clock: 'faketime',
} satisfies ContainerOptions<IdpWiring>;

export default defineTarget({
  id: 'containers/oidc-provider',
  role: 'idp',
  summary:
    'oidc-provider 9.13 on Node 24, with the views, accounts and features that its documentation has one configure',
  capabilities: [
    'authorization-code',
    'client-credentials',
    'refresh-token',
    'client-secret',
    'client-secret-jwt',
    'private-key-jwt',
    'client-jwks-uri',
    'backchannel-logout',
    'client-scopes',
    'leaves-out-scopes',
    'public-clients',
    'pkce',
    'pkce-required',
    'introspection',
    'revocation',
    'userinfo',
    'openid',
    'refreshed-id-token',
    'consent',
    'form-post',
    'response-iss',
    'clock',
  ],
  declares: {
    leeway: { value: '15s', source: 'oidc-provider@9.13.3/lib/helpers/defaults.js:857: clockTolerance' },
    keyRefresh: { value: '60s', source: 'oidc-provider@9.13.3/lib/models/client.js: freshUntil' },
    codeLifetime: { value: `${ttl.AuthorizationCode}s`, source },
    accessTokenLifetime: { value: `${ttl.AccessToken}s`, source },
    refreshTokenLifetime: { value: `${ttl.RefreshToken}s`, source },
  },
  // OpenID Connect Core §11: offline access takes prompt=consent.
  idp: { authorizationParameters: { prompt: 'consent' } },
  driver: container(options),
});

const settings = ({ clients, user, scope, port, publicUrl }: IdpWiring, url: string) => ({
  issuer: publicUrl ?? url,
  proxied: publicUrl !== undefined,
  port,
  user,
  ttl,
  scopes: ['openid', 'offline_access', 'profile', 'email', ...scope.split(' ')],
  clients: Object.values(clients).map((client) => metadata(client, client === clients.assertion)),
});

/** As in RFC 7591. The public client is a native application, so its loopback port is free (RFC 8252 §7.3). */
const metadata = (client: RegisteredClient, byAssertion: boolean) => {
  const { id, secret, redirectUris, grantTypes, scope, jwksUri, backchannelLogoutUri } = client;
  return {
    client_id: id,
    redirect_uris: redirectUris,
    grant_types: grantTypes,
    response_types: ['code'],
    scope,
    ...(secret !== undefined && { client_secret: secret }),
    ...(secret === undefined &&
      jwksUri === undefined && { application_type: 'native', token_endpoint_auth_method: 'none' }),
    ...(byAssertion && { token_endpoint_auth_method: 'client_secret_jwt' }),
    ...(jwksUri !== undefined && {
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'RS256',
      jwks_uri: jwksUri,
    }),
    ...(backchannelLogoutUri !== undefined && {
      backchannel_logout_uri: backchannelLogoutUri,
      backchannel_logout_session_required: true,
      post_logout_redirect_uris: client.postLogoutRedirectUris,
    }),
  };
};
