import { defineTarget } from '../../../harness/define.ts';
import { container } from '../../../harness/drivers/container/container.ts';
import type { IdpWiring, RegisteredClient } from '../../../harness/model/target.ts';

/** Seconds: the realm's defaults, but that a code lives so shortly that somebody can wait for it (default: a minute). */
const lifetimes = { accessCodeLifespan: 15, accessTokenLifespan: 300, ssoSessionIdleTimeout: 1800 };
const source = 'targets/containers/keycloak/target.ts: lifetimes';

export default defineTarget({
  id: 'containers/keycloak',
  role: 'idp',
  summary: 'Keycloak 26.7 on Java 17: an optimized build, its realm imported, refresh tokens revoked when used',
  capabilities: [
    'authorization-code',
    'client-credentials',
    'refresh-token',
    'refresh-rotation',
    'client-secret',
    'client-scopes',
    'public-clients',
    'pkce',
    'pkce-required',
    'introspection',
    'revocation',
    'userinfo',
    'openid',
    'consent',
    'form-post',
    'response-iss',
  ],
  declares: {
    codeLifetime: { value: `${lifetimes.accessCodeLifespan}s`, source },
    accessTokenLifetime: { value: `${lifetimes.accessTokenLifespan}s`, source },
    refreshTokenLifetime: { value: `${lifetimes.ssoSessionIdleTimeout}s`, source },
  },
  idp: {
    issuer: (url) => `${url}/realms/failwell`,
    // Its refresh tokens need no offline_access, which is a token that outlives the session.
    scope: 'openid email items:read items:write',
    // It remembers what a user has consented to.
    authorizationParameters: { prompt: 'consent' },
  },
  // Server administration guide, "Event types": an error's event has the code of its reason.
  words: {
    'client/credentials': /error="(?:invalid_client_credentials|client_not_found)"/,
    'client/redirect-uri': /error="invalid_redirect_uri"/,
    'attack/code':
      /type="CODE_TO_TOKEN_ERROR".*(?:error="(?:invalid_code|expired_code|pkce_verification_failed|code_verifier_missing|invalid_code_verifier)"|Found different client_id)/,
    'refresh/revoked': /type="REFRESH_TOKEN_ERROR".*error="invalid_token"/,
  },
  driver: container<IdpWiring>({
    build: new URL('.', import.meta.url),
    port: 8080,
    command: ['start', '--optimized', '--cache=local', '--import-realm'],
    env: () => ({
      KC_HTTP_ENABLED: 'true',
      KC_HOSTNAME_STRICT: 'false',
      KC_HTTP_ACCESS_LOG_ENABLED: 'true',
      KC_HTTP_ACCESS_LOG_PATTERN: 'combined',
      // Quickly compiled code is enough here: it halves the start.
      JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1',
    }),
    files: (wiring) => ({ '/opt/keycloak/data/import/failwell-realm.json': JSON.stringify(realm(wiring)) }),
    // Its first page takes seconds: this one, which says that a client is missing, is made as that of the login is.
    ready: { http: '/realms/failwell/protocol/openid-connect/auth', says: /login-pf/ },
    startsWithin: 110_000,
  }),
});

/** https://www.keycloak.org/server/importExport: what an administrator would click together. */
function realm({ clients, user, scope, audience }: IdpWiring) {
  const api = scope.split(' ');
  return {
    realm: 'failwell',
    enabled: true,
    ...lifetimes,
    // Server administration guide, "Compromised access and refresh tokens".
    revokeRefreshToken: true,
    refreshTokenMaxReuse: 0,
    clientScopes: [
      clientScope('basic', [mapper('sub', 'oidc-sub-mapper')], { 'include.in.token.scope': 'false' }),
      clientScope('profile', [attribute('preferred_username', 'username')]),
      clientScope('email', [attribute('email', 'email')]),
      ...api.map((name) =>
        clientScope(name, [mapper('api', 'oidc-audience-mapper', { 'included.custom.audience': audience })]),
      ),
    ],
    clients: Object.values(clients).map((client) => ({
      ...clientOf(client, ['profile', 'email', ...api.filter((name) => client.scope.split(' ').includes(name))]),
      ...(client === clients.assertion && { clientAuthenticatorType: 'client-secret-jwt' }),
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

function clientOf({ id, secret, redirectUris, grantTypes }: RegisteredClient, scopes: readonly string[]) {
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
    ...(secret === undefined
      ? { publicClient: true, attributes: { 'pkce.code.challenge.method': 'S256' } }
      : { secret, serviceAccountsEnabled: grantTypes.includes('client_credentials') }),
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

function attribute(claim: string, user: string) {
  const config = { 'user.attribute': user, 'claim.name': claim, 'jsonType.label': 'String' };
  return mapper(claim, 'oidc-usermodel-attribute-mapper', { ...config, 'userinfo.token.claim': 'true' });
}
