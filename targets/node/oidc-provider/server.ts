import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import type { RegisteredClient } from '../../../harness/model/target.ts';
import { accessLog } from '../access-log.ts';
import type { IdpSettings } from '../idp-driver.ts';

const { clients, user, scope, host, port, publicUrl }: IdpSettings = JSON.parse(process.env.SETTINGS!);

/** As in RFC 7591. */
function authentication({ secret, jwksUri }: RegisteredClient) {
  if (jwksUri !== undefined)
    return {
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'RS256',
      jwks_uri: jwksUri,
    } as const;
  return secret === undefined && ({ token_endpoint_auth_method: 'none', application_type: 'native' } as const);
}

const provider = new Provider(publicUrl ?? `http://${host}:${port}`, {
  clients: Object.values(clients).map((client) => ({
    client_id: client.id,
    client_secret: client.secret,
    redirect_uris: [...client.redirectUris],
    grant_types: [...client.grantTypes],
    scope: client.scope,
    ...(client.secretInBody && { token_endpoint_auth_method: 'client_secret_post' }),
    ...authentication(client),
    ...(client === clients.assertion && { token_endpoint_auth_method: 'client_secret_jwt' }),
    ...(client.backchannelLogoutUri !== undefined && {
      backchannel_logout_uri: client.backchannelLogoutUri,
      backchannel_logout_session_required: true,
      post_logout_redirect_uris: [...(client.postLogoutRedirectUris ?? [])],
    }),
  })),
  scopes: ['openid', 'offline_access', 'profile', 'email', ...scope.split(' ')],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  async findAccount(_: unknown, id: string) {
    return {
      accountId: id,
      claims: async () => ({ sub: id, name: 'Alice Liddell', email: user.email, email_verified: true }),
    };
  },
  cookies: { keys: ['a key for signing cookies'] },
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: async () => true },
    revocation: { enabled: true },
    backchannelLogout: { enabled: true },
  },
  // It asks nobody on a special-use address, such as this machine's loopback, unless it is given another dispatcher.
  fetch: (url: string | URL, { dispatcher: _, ...options }: RequestInit & { dispatcher?: unknown }) =>
    globalThis.fetch(url, options),
  ttl: { AuthorizationCode: 10, AccessToken: 3600, ClientCredentials: 3600, RefreshToken: 86_400 },
});

// docs/README.md, "Trusting TLS offloading proxies"; its types do not know it.
if (publicUrl !== undefined) Object.assign(provider, { proxy: true });

// The events that its documentation names for logging; `error_detail` says what the client is not told.
const errors = [
  'authorization.error',
  'grant.error',
  'introspection.error',
  'revocation.error',
  'userinfo.error',
  'discovery.error',
  'jwks.error',
  'server_error',
] as const;
for (const event of errors) {
  provider.on(event, ({ method, url }, error) => {
    const said = [error.error_description ?? error.message, error.error_detail].filter(Boolean).join('; ');
    console.error(`${method} ${url.replace(/\?.*/, '')}: ${error.name}: ${said}`);
  });
}

const handle = provider.callback();
createServer((request, response) => accessLog(request, response, () => handle(request, response))).listen(port, host);
