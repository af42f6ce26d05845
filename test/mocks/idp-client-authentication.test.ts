import { importJWK } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { expect, test } from 'vitest';
import type { HttpRequest } from '../../harness/model/http.ts';
import { signingKey } from '../../mocks/forge/keys.ts';
import {
  ask,
  askWith,
  clients,
  issuer,
  jwks,
  jwtBearer,
  keys,
  now,
  registered,
  secret,
  signed,
  tokenEndpoint,
} from './idp-client-fixtures.ts';
import { basic, post, read, start, world } from './idp-fixtures.ts';
import { served } from './idp-served.ts';

const { basic: byBasic, post: byPost, secretJwt, keyJwt, es256Only, none } = registered;
const inBody = { client_id: byPost.id, client_secret: secret };
const good = await signed(keyJwt);

const algorithms = [
  ...['RS', 'PS', 'ES'].flatMap((kind) => [256, 384, 512].map((bits) => `${kind}${bits}`)),
  'Ed25519',
];
const signers = await Promise.all(algorithms.map((alg) => signingKey(alg, alg, 7)));
const keyring = { id: 'keyring', tokenEndpointAuthMethod: 'private_key_jwt', jwks: jwks(...signers) } as const;
// Without a kid, either of its keys may have signed.
const twin = { id: 'twin', tokenEndpointAuthMethod: 'private_key_jwt', jwks: jwks(keys.other, keys.es256) } as const;
const imported = async ({ privateJwk, alg }: (typeof signers)[number]) =>
  (await importJWK(privateJwk, alg)) as oauth.CryptoKey;

const confidential = [
  ['ClientSecretBasic', byBasic, oauth.ClientSecretBasic(secret)],
  ['ClientSecretPost', byPost, oauth.ClientSecretPost(secret)],
  ['ClientSecretJwt', secretJwt, oauth.ClientSecretJwt(secret)],
  ['PrivateKeyJwt without kid', twin, oauth.PrivateKeyJwt(await imported(keys.es256))],
  ...(await Promise.all(
    signers.map(async (signer) => {
      const auth = oauth.PrivateKeyJwt({ key: await imported(signer), kid: signer.kid });
      return [`PrivateKeyJwt ${signer.alg}`, keyring, auth] as const;
    }),
  )),
] as const;

const all = [...clients, keyring, twin] as typeof clients;

const insecure = { [oauth.allowInsecureRequests]: true };

test.each(confidential)('oauth4webapi gets a token, introspects and revokes it by %s', async (_, { id }, auth) => {
  await using it = await served({ clients: all });
  const url = it.issuer;
  const discovered = await oauth.discoveryRequest(url, insecure);
  const as = await oauth.processDiscoveryResponse(url, discovered);
  const client = { client_id: id };
  const answer = await oauth.clientCredentialsGrantRequest(as, client, auth, {}, insecure);
  const { access_token: token } = await oauth.processClientCredentialsResponse(as, client, answer);
  const introspect = async () =>
    oauth.processIntrospectionResponse(as, client, await oauth.introspectionRequest(as, client, auth, token, insecure));
  expect(await introspect()).toMatchObject({ active: true, client_id: id });
  await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, auth, token, insecure));
  expect((await introspect()).active).toBe(false);
});

test.each(confidential)('openid-client gets a token by %s', async (_, { id }, auth) => {
  await using it = await served({ clients: all });
  const execute = [openid.allowInsecureRequests];
  const config = await openid.discovery(it.issuer, id, {}, auth, { execute });
  expect(await openid.clientCredentialsGrant(config)).toMatchObject({ access_token: expect.any(String) });
});

test('None says who a public client is: it may revoke, and gets no token in its own name', async () => {
  await using it = await served({ clients: all });
  const execute = [openid.allowInsecureRequests];
  const config = await openid.discovery(it.issuer, none.id, {}, openid.None(), { execute });
  await openid.tokenRevocation(config, 'unknown');
  await expect(openid.clientCredentialsGrant(config)).rejects.toMatchObject({
    status: 400,
    error: 'unauthorized_client',
  });
  const as = config.serverMetadata() as oauth.AuthorizationServer;
  const client = { client_id: none.id };
  const refused = await oauth.introspectionRequest(as, client, oauth.None(), 'x', insecure);
  expect([refused.status, await refused.json()]).toEqual([401, expect.objectContaining({ error: 'invalid_client' })]);
  const denied = await oauth.clientCredentialsGrantRequest(as, client, oauth.None(), {}, insecure);
  expect([denied.status, await denied.json()]).toEqual([
    400,
    expect.objectContaining({ error: 'unauthorized_client' }),
  ]);
});

test.each([
  ['client_secret_basic', ask({}, basic(byBasic))],
  ['client_secret_post', ask(inBody)],
  ['client_secret_jwt', askWith(await signed(secretJwt, {}, secret))],
  ['client_secret_jwt with HS512', askWith(await signed(secretJwt, {}, secret, 'HS512'))],
  ['private_key_jwt', askWith(good)],
  ['private_key_jwt with client_id', askWith(good, { client_id: keyJwt.id })],
  ['the registered algorithm', askWith(await signed(es256Only))],
  ['the token endpoint as aud', askWith(await signed(keyJwt, { aud: tokenEndpoint }))],
  ['several aud', askWith(await signed(keyJwt, { aud: ['https://other.example', issuer] }))],
  ['clocks that differ a little', askWith(await signed(keyJwt, { exp: now - 9, nbf: now + 9, iat: now + 9 }))],
  ['no iat', askWith(await signed(keyJwt, { iat: undefined }))],
])('accepted: %s', async (_, request) => {
  const { idp } = await world({ clients });
  const answer = await idp.handle(request);
  expect([answer.status, read(answer)]).toEqual([200, expect.objectContaining({ token_type: 'Bearer' })]);
});

test('replayed: an assertion counts once at all endpoints, and its jti is of its client alone', async () => {
  const { idp, clock } = await world({ clients });
  clock.freeze(start);
  const status = async (request: HttpRequest) => (await idp.handle(request)).status;
  const parameters = { token: 'x', client_assertion_type: jwtBearer, client_assertion: good };
  expect(await status(askWith(good))).toBe(200);
  for (const path of ['token', 'introspect', 'revoke'])
    expect(
      read(await idp.handle(post(`/tenant/${path}`, { ...parameters, grant_type: 'x' }, { authorization: '' }))),
    ).toEqual({
      error: 'invalid_client',
      error_description: 'Client assertion: The client assertion was used before',
    });
  expect(await status(askWith(await signed(es256Only)))).toBe(200);
  expect(await status(askWith(await signed(keyJwt, { jti: 'the-second' })))).toBe(200);
});

test.each([
  ['the issuer', issuer, 200],
  ['the issuer in an array', [issuer], 401],
  ['the token endpoint', tokenEndpoint, 401],
])('issuer only: aud is %s', async (_, aud, status) => {
  const { idp } = await world({ clients, assertions: { audience: 'issuer only' } });
  expect((await idp.handle(askWith(await signed(keyJwt, { aud })))).status).toBe(status);
});
