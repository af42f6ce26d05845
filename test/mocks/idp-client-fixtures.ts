import { CompactSign, importJWK, type JSONWebKeySet } from 'jose';
import type { HttpRequest } from '../../harness/model/http.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import type { SigningKey } from '../../harness/model/token.ts';
import { signingKey } from '../../mocks/forge/keys.ts';
import type { RegisteredClient } from '../../mocks/idp/client-authentication/authenticate.ts';
import { post, start } from './idp-fixtures.ts';

const key = (alg: string, kid: string) => signingKey(alg, kid, 7);

export const keys = {
  rs256: await key('RS256', 'rsa'),
  es256: await key('ES256', 'ec'),
  /** The other client's. */
  other: await signingKey('ES256', 'ec', 8),
};

export const jwks = (...published: readonly SigningKey[]) =>
  ({ keys: published.map(({ publicJwk }) => publicJwk) }) as unknown as JSONWebKeySet;

export const secret = 'a secret: of 100% + more than 32 octets';

/** One client for each method, by its name. */
export const registered = {
  basic: { id: 'basic: client', secret, tokenEndpointAuthMethod: 'client_secret_basic' },
  post: { id: 'post', secret, tokenEndpointAuthMethod: 'client_secret_post' },
  secretJwt: { id: 'secret-jwt', secret, tokenEndpointAuthMethod: 'client_secret_jwt' },
  keyJwt: { id: 'key-jwt', tokenEndpointAuthMethod: 'private_key_jwt', jwks: jwks(keys.rs256, keys.es256) },
  es256Only: {
    id: 'es256-only',
    tokenEndpointAuthMethod: 'private_key_jwt',
    tokenEndpointAuthSigningAlg: 'ES256',
    jwks: jwks(keys.rs256, keys.es256),
  },
  other: { id: 'other', tokenEndpointAuthMethod: 'private_key_jwt', jwks: jwks(keys.other) },
  none: { id: 'none', tokenEndpointAuthMethod: 'none' },
  keyless: { id: 'keyless', tokenEndpointAuthMethod: 'private_key_jwt' },
} as const satisfies { readonly [name: string]: RegisteredClient };

export const clients = Object.values(registered) as [RegisteredClient, ...RegisteredClient[]];

export const issuer = 'https://127.0.0.1:8443/tenant';
export const tokenEndpoint = `${issuer}/token`;
export const now = start / 1000;

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The claims of a correct assertion. A member that is `undefined` is left out. */
const claimsOf = (client: RegisteredClient, changes: object): JsonObject => ({
  iss: client.id,
  sub: client.id,
  aud: issuer,
  exp: now + 60,
  iat: now,
  jti: 'the-first',
  ...changes,
});

/** An assertion signed with a private key, or with a text as HMAC key. */
export async function signed(
  client: RegisteredClient,
  changes: object = {},
  by: SigningKey | string = keys.es256,
  alg = typeof by === 'string' ? 'HS256' : by.alg,
  typ?: string,
): Promise<string> {
  const material = typeof by === 'string' ? Buffer.from(by) : await importJWK(by.privateJwk, alg);
  return new CompactSign(Buffer.from(JSON.stringify(claimsOf(client, changes))))
    .setProtectedHeader({ alg, ...(typeof by === 'object' && { kid: by.kid }), ...(typ !== undefined && { typ }) })
    .sign(material);
}

/** An assertion that nobody signed. */
export const unsigned = (client: RegisteredClient, alg: string) =>
  `${encoded({ alg })}.${encoded(claimsOf(client, {}))}.`;

export const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const grant = { grant_type: 'client_credentials' };

/** A token request with these parameters and, if given, this `Authorization`. */
export const ask = (parameters: { readonly [name: string]: string }, authorization = '', path = '/tenant/token') =>
  post(path, { ...grant, token: 'x', ...parameters }, { authorization });

export const askWith = (assertion: string, more: { readonly [name: string]: string } = {}): HttpRequest =>
  ask({ client_assertion_type: jwtBearer, client_assertion: assertion, ...more });
