import type { IdpWiring, RegisteredClient } from '../../../harness/model/target.ts';

/** Seconds: the realm's defaults, but that a code lives so shortly that somebody can wait for it (default: a minute). */
export const lifetimes = { accessCodeLifespan: 15, accessTokenLifespan: 300, ssoSessionIdleTimeout: 1800 };

/** https://www.keycloak.org/server/importExport: what an administrator would click together. */
export function realm({ clients, user, scope, audience }: IdpWiring) {
  const api = scope.split(' ');
  return {
    realm: 'failwell',
    enabled: true,
    ...lifetimes,
    // Server administration guide, "Compromised access and refresh tokens".
    revokeRefreshToken: true,
    refreshTokenMaxReuse: 0,
    clientScopes: [
      // As in a realm that was not imported.
      clientScope('basic', [mapper('sub', 'oidc-sub-mapper'), authTime], { 'include.in.token.scope': 'false' }),
      clientScope('profile', [attribute('preferred_username', 'username')]),
      clientScope('email', [attribute('email', 'email')]),
      ...api.map((name) =>
        clientScope(name, [mapper('api', 'oidc-audience-mapper', { 'included.custom.audience': audience })]),
      ),
    ],
    clients: Object.values(clients).map((client) => ({
      ...clientOf(client, ['profile', 'email', ...api.filter((name) => client.scope.split(' ').includes(name))]),
      ...(client === clients.assertion && { clientAuthenticatorType: 'client-secret-jwt' }),
      ...(client === clients.key && { clientAuthenticatorType: 'client-jwt' }),
    })),
    users: [
      {
        username: user.username,
        email: user.email,
        emailVerified: true,
        firstName: 'Alice',
        lastName: 'Example',
        enabled: true,
        credentials: [{ type: 'password', value: user.password }],
      },
    ],
  };
}

function clientOf(client: RegisteredClient, scopes: readonly string[]) {
  const { id, secret, redirectUris, grantTypes } = client;
  const open = secret === undefined && client.jwksUri === undefined;
  return {
    clientId: id,
    protocol: 'openid-connect',
    enabled: true,
    redirectUris,
    standardFlowEnabled: true,
    directAccessGrantsEnabled: false,
    consentRequired: true,
    defaultClientScopes: ['basic'],
    optionalClientScopes: scopes,
    // Who introspects a token must be in its audience.
    protocolMappers: [mapper('self', 'oidc-audience-mapper', { 'included.client.audience': id })],
    attributes: attributesOf(client, open),
    ...(open
      ? { publicClient: true }
      : { ...(secret !== undefined && { secret }), serviceAccountsEnabled: grantTypes.includes('client_credentials') }),
  };
}

/** What the pages "Keys", "Advanced" and "Logout settings" of a client set. */
function attributesOf(client: RegisteredClient, open: boolean) {
  const { jwksUri, requestUris, backchannelLogoutUri, postLogoutRedirectUris } = client;
  return {
    ...(open && { 'pkce.code.challenge.method': 'S256' }),
    ...(jwksUri !== undefined && {
      'use.jwks.url': 'true',
      'jwks.url': jwksUri,
      'token.endpoint.auth.signing.alg': 'RS256',
    }),
    ...(requestUris !== undefined && {
      'request.uris': requestUris.join('##'),
      'request.object.signature.alg': 'RS256',
    }),
    ...(backchannelLogoutUri !== undefined && {
      'backchannel.logout.url': backchannelLogoutUri,
      'backchannel.logout.session.required': 'true',
    }),
    ...(postLogoutRedirectUris !== undefined && { 'post.logout.redirect.uris': postLogoutRedirectUris.join('##') }),
  };
}

function clientScope(name: string, protocolMappers: readonly object[], attributes = {}) {
  return {
    name,
    protocol: 'openid-connect',
    attributes: { 'include.in.token.scope': 'true', 'display.on.consent.screen': 'true', ...attributes },
    protocolMappers,
  };
}

function mapper(name: string, protocolMapper: string, config = {}) {
  const claims = { 'access.token.claim': 'true', 'id.token.claim': 'true', 'introspection.token.claim': 'true' };
  return { name, protocol: 'openid-connect', protocolMapper, config: { ...claims, ...config } };
}

const authTime = mapper('auth_time', 'oidc-usersessionmodel-note-mapper', {
  'user.session.note': 'AUTH_TIME',
  'claim.name': 'auth_time',
  'jsonType.label': 'long',
});

function attribute(claim: string, user: string) {
  const config = { 'user.attribute': user, 'claim.name': claim, 'jsonType.label': 'String' };
  return mapper(claim, 'oidc-usermodel-attribute-mapper', { ...config, 'userinfo.token.claim': 'true' });
}
