import { expect, test } from 'vitest';
import type { IdpOptions } from '../../mocks/idp/idp.ts';
import type { OutgoingRequest } from '../../mocks/idp/outgoing.ts';
import { jwks, keys, now, signed } from './idp-client-fixtures.ts';
import { field, get, read, text, type World } from './idp-fixtures.ts';
import { alice, bob, createBrowser, flowWorld, mobile, tokensFor, web } from './idp-flow-fixtures.ts';
import { type Credentials, claims, said, seconds, send, stillWorld, token } from './idp-grants-fixtures.ts';

const grant = 'urn:openid:params:grant-type:ciba';
const usual = { scope: 'openid email', login_hint: 'alice' };

type Parameters = { readonly [name: string]: string };
const ask = (it: World, form: Parameters = usual, as: Credentials = web) => said(send(it, 'bc-authorize', form, as));
const poll = (it: World, id: unknown, as: Credentials = web) =>
  token(it, { grant_type: grant, auth_req_id: String(id) }, as);

const partner = { id: 'partner', secret: 'partner secret', jwks: jwks(keys.es256), backchannelUserCodeParameter: true };
const careful = { ...bob, userCode: '1234' };
const hr = { issuer: 'https://hr.example', jwks: jwks(keys.rs256) };
const options: Partial<IdpOptions> = {
  clients: [web, partner, mobile, { ...web, id: 'code-only', grantTypes: ['authorization_code'] }],
  users: [alice, careful],
  trustedIssuers: [hr],
};

test('the answer and the metadata are those of CIBA Core', async () => {
  const it = await flowWorld();
  const answer = await send(it, 'bc-authorize', usual);
  expect([answer.status, field(answer, 'cache-control')]).toEqual([200, 'no-store']);
  expect(read(answer)).toEqual({ auth_req_id: expect.stringMatching(/^[0-9a-f]{64}$/), expires_in: 600, interval: 5 });
  expect(read(await it.idp.handle(get('/tenant/.well-known/openid-configuration')))).toMatchObject({
    backchannel_authentication_endpoint: 'https://127.0.0.1:8443/tenant/bc-authorize',
    backchannel_token_delivery_modes_supported: ['poll'],
    backchannel_user_code_parameter_supported: true,
    grant_types_supported: expect.arrayContaining([grant]),
  });
});

test('a client polls until its user has decided, and gets tokens once', async () => {
  const it = await stillWorld({ acrValues: ['1', '2'] });
  const { auth_req_id: id } = await ask(it, { ...usual, acr_values: '9 2', binding_message: 'W4SCT' });
  expect(it.idp.pending()).toMatchObject([{ id, client: 'web', sub: 'user-1', bindingMessage: 'W4SCT' }]);
  expect(await poll(it, id)).toMatchObject({ status: 400, error: 'authorization_pending' });
  expect(await poll(it, id)).toMatchObject({ status: 400, error: 'slow_down' });
  await expect(it.idp.approve(String(id), 'bob')).rejects.toThrow('asks another user');
  await it.idp.approve(String(id));
  const tokens = await poll(it, id);
  expect(claims(tokens.id_token)).toMatchObject({ sub: 'user-1', aud: 'web', acr: '2' });
  expect(await poll(it, id)).toMatchObject({ status: 400, error: 'invalid_grant' });
});

test('a request ends when the client wants, and a no is a no', async () => {
  const it = await stillWorld();
  const short = await ask(it, { ...usual, requested_expiry: '30' });
  expect(short.expires_in).toBe(30);
  expect((await ask(it, { ...usual, requested_expiry: '9999' })).expires_in).toBe(600);
  const { auth_req_id: denied } = await ask(it);
  await it.idp.deny(String(denied));
  expect(await poll(it, denied)).toMatchObject({ status: 400, error: 'access_denied' });
  seconds(it, 30);
  expect(await poll(it, short.auth_req_id)).toMatchObject({ status: 400, error: 'expired_token' });
});

test('an auth_req_id is for its own client and its own grant', async () => {
  const it = await flowWorld(options);
  const { auth_req_id: id } = await ask(it);
  await it.idp.approve(String(id));
  expect(await poll(it, id, partner)).toMatchObject({ error: 'invalid_grant' });
  const device = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: String(id) };
  expect(await token(it, device)).toMatchObject({ error: 'invalid_grant' });
  expect(await poll(it, id)).toMatchObject({ status: 200 });
});

const { login_hint: _, ...unhinted } = usual;

test.each<[string, Parameters, string, Credentials?]>([
  ['no scope', { login_hint: 'alice' }, 'invalid_request'],
  ['a scope without openid', { ...usual, scope: 'email' }, 'invalid_scope'],
  ['no hint', unhinted, 'invalid_request'],
  ['two hints', { ...usual, id_token_hint: 'x' }, 'invalid_request'],
  ['a hint at nobody', { ...usual, login_hint: 'nobody' }, 'unknown_user_id'],
  ['a hint that is no token', { ...unhinted, login_hint_token: 'x' }, 'invalid_request'],
  ['an ID token that is none', { ...unhinted, id_token_hint: 'a.b.c' }, 'invalid_request'],
  ['a binding message over 100 characters', { ...usual, binding_message: 'x'.repeat(101) }, 'invalid_binding_message'],
  ['a binding message with control characters', { ...usual, binding_message: 'a\nb' }, 'invalid_binding_message'],
  ['an expiry that is no number', { ...usual, requested_expiry: '0' }, 'invalid_request'],
  ['a signed request', { ...usual, request: 'a.b.c' }, 'invalid_request'],
  ['no user code', { ...usual, login_hint: 'bob' }, 'missing_user_code', partner],
  ['a wrong user code', { ...usual, login_hint: 'bob', user_code: '4321' }, 'invalid_user_code', partner],
  ['a client for something else', usual, 'unauthorized_client', { ...web, id: 'code-only' }],
])('%s is refused', async (_, form, error, as) => {
  const it = await flowWorld(options);
  expect(await ask(it, form, as)).toEqual({ status: 400, error, error_description: expect.any(String) });
});

test('only those are asked for a user code who have one, by clients that send it', async () => {
  const it = await flowWorld(options);
  expect((await ask(it, { ...usual, login_hint: 'bob', user_code: '1234' }, partner)).status).toBe(200);
  expect((await ask(it, usual, partner)).status).toBe(200);
  expect((await ask(it, { ...usual, login_hint: 'bob' })).status).toBe(200);
});

test('a public client cannot ask', async () => {
  const it = await flowWorld();
  expect(await said(send(it, 'bc-authorize', { ...usual, client_id: 'mobile' }, null))).toMatchObject({
    status: 401,
    error: 'invalid_client',
  });
  expect((await it.idp.handle(get('/tenant/bc-authorize'))).status).toBe(405);
});

test('an ID token may hint at its user, even after it has expired, but not one of another client', async () => {
  const it = await stillWorld(options);
  const { id_token: hint } = await tokensFor(it);
  seconds(it, 86_400);
  const form = { ...unhinted, id_token_hint: String(hint) };
  expect((await ask(it, form)).status).toBe(200);
  expect(it.idp.pending()).toMatchObject([{ sub: 'user-1' }]);
  expect(await ask(it, form, partner)).toMatchObject({ status: 400, error: 'invalid_request' });
  const { access_token: access } = await tokensFor(it);
  expect(await ask(it, { ...unhinted, id_token_hint: access })).toMatchObject({ error: 'invalid_request' });
});

test('a login hint token is one of somebody trusted, and expires', async () => {
  const it = await stillWorld(options);
  const hint = (changes: object) => signed(partner, { iss: hr.issuer, sub: 'alice', ...changes }, keys.rs256);
  const answer = async (changes: object) => ask(it, { ...unhinted, login_hint_token: await hint(changes) });
  expect((await answer({})).status).toBe(200);
  expect((await answer({ exp: now - 60 })).error).toBe('expired_login_hint_token');
  expect((await answer({ sub: 'nobody' })).error).toBe('unknown_user_id');
  expect((await answer({ iss: 'https://other.example' })).error).toBe('invalid_request');
});

const pinged = {
  ...web,
  id: 'pinged',
  backchannelTokenDeliveryMode: 'ping',
  backchannelClientNotificationEndpoint: 'https://app.example/ping',
} as const;

test('a client is pinged when its user has decided', async () => {
  const calls: OutgoingRequest[] = [];
  const call = async (request: OutgoingRequest) => {
    calls.push(request);
    return { status: 204, body: new Uint8Array() };
  };
  const it = await flowWorld({ clients: [web, pinged], call });
  const metadata = read(await it.idp.handle(get('/tenant/.well-known/openid-configuration')));
  expect(metadata.backchannel_token_delivery_modes_supported).toEqual(['poll', 'ping']);
  for (const wrong of ['', 'a b', 'x'.repeat(1025)])
    expect(await ask(it, { ...usual, client_notification_token: wrong }, pinged)).toMatchObject({
      error: 'invalid_request',
    });
  const { auth_req_id: id } = await ask(it, { ...usual, client_notification_token: 'n-1.~+/_=' }, pinged);
  expect(calls).toEqual([]);
  await it.idp.approve(String(id));
  const [{ method, url, headers, body }] = calls as [OutgoingRequest];
  expect([method, url, JSON.parse(Buffer.from(body).toString())]).toEqual([
    'POST',
    'https://app.example/ping',
    { auth_req_id: id },
  ]);
  expect(Object.fromEntries(headers)).toEqual({
    authorization: 'Bearer n-1.~+/_=',
    'content-type': 'application/json',
  });
  expect(await poll(it, id, pinged)).toMatchObject({ status: 200 });
});

test('a client that cannot be reached may still ask, and one that the IdP cannot call may not', async () => {
  const form = { ...usual, client_notification_token: 'n' };
  const call = () => Promise.reject(new Error('unreachable'));
  const it = await flowWorld({ clients: [web, pinged], call });
  const { auth_req_id: id } = await ask(it, form, pinged);
  await it.idp.deny(String(id));
  expect(await poll(it, id, pinged)).toMatchObject({ error: 'access_denied' });
  const without = await flowWorld({ clients: [web, pinged] });
  expect(await ask(without, form, pinged)).toMatchObject({ status: 400, error: 'unauthorized_client' });
});

test('with automatic login every request is approved at once', async () => {
  const it = await flowWorld({ autoLogin: true });
  const { auth_req_id: id } = await ask(it, { ...usual, login_hint: 'bob' });
  expect(claims((await poll(it, id)).id_token)).toMatchObject({ sub: 'user-2' });
});

test('a client assertion may name this endpoint', async () => {
  const keyed = { id: 'keyed', tokenEndpointAuthMethod: 'private_key_jwt', jwks: jwks(keys.es256) } as const;
  const it = await flowWorld({ clients: [keyed] });
  const client_assertion = await signed(keyed, { aud: it.idp.endpoints['backchannel-authentication'] });
  const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  expect(
    (await said(send(it, 'bc-authorize', { ...usual, client_assertion, client_assertion_type }, null))).status,
  ).toBe(200);
});

test('a user finds what was asked on the verification page, and nobody else does', async () => {
  const it = await flowWorld();
  const { auth_req_id: id } = await ask(it, { ...usual, binding_message: 'W4 <SCT>' });
  const at = async (username: string, password: string) => {
    const browser = createBrowser(it);
    const login = await browser.visit(get('/tenant/device'));
    return { browser, page: await browser.submit(login, { username, password }) };
  };
  const { page: other } = await at('bob', 'builder');
  expect(text(other)).toContain('name="user_code"');
  const { browser, page } = await at('alice', 'wonderland');
  expect(text(page)).toContain('<strong>W4 &lt;SCT&gt;</strong>');
  // The same browser, but somebody else has logged in with it.
  const { browser: switched, page: stale } = await at('alice', 'wonderland');
  const [name, session] = it.idp.logIn('bob').split('=') as [string, string];
  switched.jar.set(name, session);
  expect(text(await switched.submit(stale, { decision: 'allow' }))).toContain('name="user_code"');
  expect(text(await browser.submit(page, { decision: 'allow' }))).toContain('Access is allowed');
  expect(await poll(it, id)).toMatchObject({ status: 200 });
});
