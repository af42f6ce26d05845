import { CompactSign, decodeJwt, importJWK } from 'jose';
import { expect, test } from 'vitest';
import type { SigningKey } from '../../harness/model/token.ts';
import type { IdpOptions } from '../../mocks/idp/idp.ts';
import { metadata } from './idp-authorize-fixtures.ts';
import { jwks, keys } from './idp-client-fixtures.ts';
import { basic, get, post, read, start, text, type World } from './idp-fixtures.ts';
import { asking, callback, flowWorld, redeeming, request, returned, tokenRequest } from './idp-flow-fixtures.ts';

const issuer = 'https://127.0.0.1:8443/tenant';
const now = start / 1000;
const signer = {
  id: 'web',
  secret: 'a secret of more than thirty-two octets',
  redirectUris: [callback],
  jwks: jwks(keys.es256, keys.rs256),
};

const signerWorld = (options: Partial<IdpOptions> = {}, client: object = {}) =>
  flowWorld({ clients: [{ ...signer, ...client }], ...options });

/** A request object with these changes; a claim that is `undefined` is left out. */
async function object(
  changes: object = {},
  header: object = {},
  by: SigningKey | string = keys.es256,
): Promise<string> {
  const claims = { iss: 'web', aud: issuer, exp: now + 60, nbf: now, iat: now, ...request, ...changes };
  const alg = typeof by === 'string' ? 'HS256' : by.alg;
  const material = typeof by === 'string' ? Buffer.from(by) : await importJWK(by.privateJwk, alg);
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ alg, typ: 'oauth-authz-req+jwt', ...(typeof by === 'object' && { kid: by.kid }), ...header })
    .sign(material);
}

const sending = ({ idp }: World, parameters: { readonly [name: string]: string }) => ({
  ...get(`/tenant/authorize?${new URLSearchParams({ client_id: 'web', ...parameters })}`),
  headers: [['cookie', idp.logIn('alice')]] as const,
});

test.each([
  ['ES256', keys.es256],
  ['RS256', keys.rs256],
  ['the secret', signer.secret],
])('only the parameters inside count, signed with %s', async (_, by) => {
  const it = await signerWorld();
  const beside = { scope: 'items:write', state: 'other', redirect_uri: 'https://evil.example/' };
  const answer = await it.idp.handle(sending(it, { request: await object({}, {}, by), ...beside }));
  const { code, ...others } = returned(answer);
  expect(others).toEqual({ state: 'a state', iss: issuer, session_state: expect.any(String) });
  const redeem = post('/tenant/token', redeeming(code as string) as { [name: string]: string }, {
    authorization: basic(signer),
  });
  expect(read(await it.idp.handle(redeem))).toMatchObject({ scope: request.scope });
});

test('members that are no strings are understood as their parameter would be', async () => {
  const it = await signerWorld();
  const resource = ['https://one.example/', 'https://two.example/'];
  const claims = { id_token: { name: null } };
  const answer = await it.idp.handle(sending(it, { request: await object({ max_age: 60, resource, claims }) }));
  const redeem = tokenRequest(redeeming(returned(answer).code as string), signer);
  const tokens = read(await it.idp.handle(redeem));
  expect(decodeJwt(String(tokens.access_token)).aud).toEqual(resource);
  expect(decodeJwt(String(tokens.id_token)).name).toBe('Alice');
  // max_age=0 asks for a new login, which prompt=none forbids.
  const silent = await it.idp.handle(sending(it, { request: await object({ max_age: 0, prompt: 'none' }) }));
  expect(returned(silent)).toMatchObject({ error: 'login_required' });
});

const unsigned = () =>
  `${btoa('{"alg":"none"}')}.${Buffer.from(JSON.stringify({ ...request, iss: 'web' })).toString('base64url')}.`;

test.each<[string, () => Promise<string> | string]>([
  ['signed by nobody', unsigned],
  ['signed by another', () => object({}, {}, keys.other)],
  ['signed with another secret', () => object({}, {}, 'another secret of more than thirty-two octets')],
  ['of another client', () => object({ client_id: 'stranger' })],
  ['of no client', () => object({ client_id: undefined })],
  ['by another issuer', () => object({ iss: 'stranger' })],
  ['for another audience', () => object({ aud: 'https://other.example' })],
  ['expired', () => object({ exp: now - 11 })],
  ['not yet valid', () => object({ nbf: now + 11 })],
  ['of another type', () => object({}, { typ: 'at+jwt' })],
  ['with another one inside', () => object({ request: 'x' })],
  ['with a reference inside', () => object({ request_uri: 'https://app.example/r' })],
  ['nested too deep', () => object({ claims: JSON.parse('['.repeat(30) + ']'.repeat(30)) })],
  ['cut off', async () => (await object()).slice(0, -10)],
  ['encrypted for nobody', () => 'a.b.c.d.e'],
])('a request object %s is refused', async (_, made) => {
  const it = await signerWorld();
  const jwt = await made();
  const page = await it.idp.handle(sending(it, { request: jwt }));
  expect([page.status, text(page)]).toEqual([400, expect.stringContaining('invalid_request_object')]);
  const told = returned(await it.idp.handle(sending(it, { request: jwt, redirect_uri: callback, state: 's' })));
  expect(told).toEqual({
    error: 'invalid_request_object',
    error_description: expect.any(String),
    state: 's',
    iss: issuer,
  });
});

test('exp, nbf, iss, aud and typ may be absent, and clocks may differ a little', async () => {
  const it = await signerWorld();
  for (const jwt of [
    await object({ exp: undefined, nbf: undefined, iss: undefined, aud: undefined }, { typ: undefined }),
    await object({ exp: now - 9, nbf: now + 9, aud: [issuer, 'x'] }, { typ: 'JWT', kid: undefined }),
  ])
    expect(returned(await it.idp.handle(sending(it, { request: jwt })))).toHaveProperty('code');
});

test('the algorithm is the registered one, and a client without keys has none', async () => {
  const only = await signerWorld({}, { requestObjectSigningAlg: 'RS256' });
  const bad = await only.idp.handle(sending(only, { request: await object(), redirect_uri: callback }));
  expect(returned(bad)).toMatchObject({ error: 'invalid_request_object' });
  const good = await only.idp.handle(sending(only, { request: await object({}, {}, keys.rs256) }));
  expect(returned(good)).toHaveProperty('code');
  const keyless = await signerWorld({}, { jwks: undefined });
  const none = await keyless.idp.handle(sending(keyless, { request: await object(), redirect_uri: callback }));
  expect(returned(none)).toMatchObject({ error: 'invalid_request_object' });
});

test('request and request_uri do not stand together, nor twice', async () => {
  const it = await signerWorld();
  const both = { request: await object(), request_uri: 'https://app.example/r', redirect_uri: callback };
  expect(returned(await it.idp.handle(sending(it, both)))).toMatchObject({ error: 'invalid_request' });
  const once = sending(it, { request: await object() });
  expect((await it.idp.handle({ ...once, path: `${once.path}&request=x` })).status).toBe(400);
});

test('a client or an IdP may insist on signed requests, pushed or not', async () => {
  const it = await signerWorld({ requireSignedRequests: true });
  expect(returned(await it.idp.handle(asking({}, it.idp.logIn('alice'))))).toMatchObject({ error: 'invalid_request' });
  expect(returned(await it.idp.handle(sending(it, { request: await object() })))).toHaveProperty('code');
  const push = (form: { readonly [name: string]: string }) =>
    it.idp.handle(post('/tenant/par', form, { authorization: basic(signer) }));
  expect(read(await push(request as { [name: string]: string }))).toMatchObject({ error: 'invalid_request' });
  const { request_uri } = read(await push({ request: await object(), scope: 'items:write' }));
  const { code } = returned(await it.idp.handle(sending(it, { request_uri: String(request_uri) })));
  const redeem = tokenRequest(redeeming(code as string), signer);
  expect(read(await it.idp.handle(redeem))).toMatchObject({ scope: request.scope });
  expect(await metadata(it)).toMatchObject({ require_signed_request_object: true, request_parameter_supported: true });
});

test('a request object is fetched from a registered place and from nowhere else', async () => {
  const calls: string[] = [];
  const jwt = await object();
  const call: IdpOptions['call'] = async ({ url }) => {
    calls.push(url);
    if (url.endsWith('/gone')) throw new Error('nobody there');
    return { status: url.endsWith('/r') ? 200 : 404, body: Buffer.from(jwt) };
  };
  const requestUris = ['https://app.example/r#hash', 'https://app.example/missing', 'https://app.example/gone'];
  const it = await signerWorld({ call }, { requestUris });
  const by = async (request_uri: string) =>
    returned(await it.idp.handle(sending(it, { request_uri, redirect_uri: callback })));
  expect(await by('https://app.example/r#hash')).toHaveProperty('code');
  for (const uri of ['https://app.example/missing', 'https://app.example/gone', 'https://evil.example/'])
    expect(await by(uri)).toMatchObject({ error: 'invalid_request_uri' });
  expect(calls).toEqual(['https://app.example/r', 'https://app.example/missing', 'https://app.example/gone']);
  expect(await metadata(it)).toMatchObject({
    request_uri_parameter_supported: true,
    require_request_uri_registration: true,
  });
});
