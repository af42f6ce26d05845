import { generateKeyPairSync } from 'node:crypto';
import { defineTarget } from '../../../harness/define.ts';
import { container } from '../../../harness/drivers/container/container.ts';
import type { Person, Scripted } from '../../../harness/model/idp.ts';
import type { IdpWiring, RegisteredClient } from '../../../harness/model/target.ts';

/** Seconds: what the administration page fills in. */
const durations = { 'access-token-duration': 3600, 'refresh-token-duration': 1_209_600, 'code-duration': 600 };
const source =
  'targets/containers/glewlwyd/target.ts: the parameters of the plugin, as the administration page fills them in';

export default defineTarget({
  id: 'containers/glewlwyd',
  role: 'idp',
  summary: 'Glewlwyd 2.7 with its OpenID Connect plugin, provisioned by its administration API, on SQLite',
  capabilities: [
    'authorization-code',
    'client-credentials',
    'refresh-token',
    'refresh-rotation',
    'client-secret',
    'client-scopes',
    'public-clients',
    'pkce',
    'introspection',
    'revocation',
    'userinfo',
    'openid',
    'form-post',
    'response-iss',
    'clock',
  ],
  declares: {
    codeLifetime: { value: `${durations['code-duration']}s`, source },
    accessTokenLifetime: { value: `${durations['access-token-duration']}s`, source },
    refreshTokenLifetime: { value: `${durations['refresh-token-duration']}s`, source },
  },
  idp: {
    issuer: (url) => `${url}/api/oidc`,
    login: [{ when: /<title>Glewlwyd login</, script: loginPage }],
  },
  words: {
    'client/credentials': /Security - Authorization invalid for client_id/,
    'attack/code': /Security - Code invalid/,
  },
  driver: container<IdpWiring>({
    build: new URL('.', import.meta.url),
    port: 4593,
    env: (_, url) => ({ GLWD_EXTERNAL_URL: url }),
    files: (wiring, url) => ({ '/etc/glewlwyd/provision': provision(wiring, `${url}/api/oidc`) }),
    ready: { log: /^Glewlwyd is provisioned/ },
    clock: 'faketime',
  }),
});

/** What the script of its login page does (API.md): it logs the user in, grants what is asked, and goes back. */
function loginPage({ searchParams }: URL, { username, password, consents }: Person): Scripted {
  const [client, scope, callback] = ['client_id', 'scope', 'callback_url'].map((name) => searchParams.get(name) ?? '');
  return {
    sends: [
      { method: 'POST', url: '/api/auth/', json: { username, password } },
      { method: 'PUT', url: `/api/auth/grant/${client}`, json: { scope: consents ? scope! : '' } },
    ],
    goes: `${callback}&g_continue`,
  };
}

/** What its administrator tells it, in the order in which it must know it: a path of its API and a body a line. */
function provision({ clients, user }: IdpWiring, issuer: string): string {
  const scopes = [...new Set(Object.values(clients).flatMap(({ scope }) => scope.split(' ')))];
  const told: readonly (readonly [path: string, body: object])[] = [
    // It brings openid along.
    ...scopes.filter((name) => name !== 'openid').map((name) => ['scope/', scopeOf(name)] as const),
    ...Object.values(clients).map((client) => ['client/', clientOf(client, client === clients.assertion)] as const),
    ['user/', { ...user, name: user.username, scope: scopes }],
    ['mod/plugin/', { module: 'oidc', name: 'oidc', display_name: 'OpenID Connect', parameters: plugin(issuer) }],
  ];
  return told.map(([path, body]) => `${path} ${JSON.stringify(body)}\n`).join('');
}

const scopeOf = (name: string) => ({
  name,
  display_name: name,
  description: name,
  password_required: true,
  password_max_age: 0,
  scheme: {},
});

const authorizationTypes: { readonly [grantType: string]: string } = { authorization_code: 'code' };

const clientOf = ({ id, secret, redirectUris, grantTypes, scope }: RegisteredClient, byAssertion: boolean) => ({
  client_id: id,
  name: id,
  enabled: true,
  redirect_uri: redirectUris,
  authorization_type: grantTypes.map((type) => authorizationTypes[type] ?? type),
  ...(secret === undefined
    ? { confidential: false, token_endpoint_auth_method: ['none'] }
    : {
        confidential: true,
        client_secret: secret,
        token_endpoint_auth_method: byAssertion ? ['client_secret_jwt'] : ['client_secret_basic', 'client_secret_post'],
        // What it may ask for in its own name.
        scope: scope.split(' '),
      }),
});

/** OIDC.md. What is not said here has the value that the administration page would fill in. */
function plugin(issuer: string) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  return {
    iss: issuer,
    'jwt-type': 'rsa',
    'jwt-key-size': '256',
    key: privateKey,
    cert: publicKey,
    'jwks-show': true,
    ...durations,
    'refresh-token-rolling': true,
    'refresh-token-one-use': 'always',
    // Client credentials are none of OpenID Connect.
    'allow-non-oidc': true,
    'auth-type-code-enabled': true,
    'auth-type-code-revoke-replayed': true,
    'auth-type-client-enabled': true,
    'auth-type-refresh-enabled': true,
    'auth-type-token-enabled': false,
    'auth-type-password-enabled': false,
    'auth-type-device-enabled': false,
    'auth-type-none-enabled': false,
    'pkce-allowed': true,
    'pkce-method-plain-allowed': false,
    'introspection-revocation-allowed': true,
    'introspection-revocation-allow-target-client': true,
    'oauth-as-iss-id': true,
    'secret-type': 'public',
    'email-claim': 'mandatory',
    'allowed-scope': ['openid'],
  };
}
