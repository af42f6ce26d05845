import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { IdpOptions } from '../../mocks/idp/idp.ts';
import { inFragment, metadata, verified } from './idp-authorize-fixtures.ts';
import { field, read, text } from './idp-fixtures.ts';
import {
  active,
  asking,
  createBrowser,
  flowWorld,
  redeeming,
  returned,
  tokenRequest,
  web,
} from './idp-flow-fixtures.ts';

const issuer = 'https://127.0.0.1:8443/tenant';
const hybrid = ['code', 'none', 'id_token', 'code id_token', 'code token', 'code id_token token'];
const all = [...hybrid, 'id_token token', 'token'];

const typesWorld = (options: Partial<IdpOptions> = {}, client: object = {}) =>
  flowWorld({ clients: [{ ...web, responseTypes: all, ...client }], legacy: ['implicit'], ...options });

const half = (value: unknown) =>
  createHash('sha256').update(String(value)).digest().subarray(0, 16).toString('base64url');

const always = { state: 'a state', iss: issuer, session_state: expect.any(String) };
const code = { code: expect.stringMatching(/^[0-9a-f]{64}$/) };
const token = {
  access_token: expect.any(String),
  token_type: 'Bearer',
  expires_in: '3600',
  scope: 'openid email items:read',
};
const id_token = { id_token: expect.any(String) };

test.each([
  ['id_token', { ...id_token }],
  ['code id_token', { ...code, ...id_token }],
  ['id_token code', { ...code, ...id_token }],
  ['code token', { ...code, ...token }],
  ['code id_token token', { ...code, ...token, ...id_token }],
  ['token id_token code', { ...code, ...token, ...id_token }],
  ['id_token token', { ...token, ...id_token }],
  ['token', { ...token }],
])('%s is answered in the fragment', async (response_type, expected) => {
  const it = await typesWorld();
  const answer = await it.idp.handle(asking({ response_type }, it.idp.logIn('alice')));
  expect([answer.status, returned(answer), field(answer, 'cache-control')]).toEqual([303, {}, 'no-store']);
  const response = inFragment(answer);
  expect(response).toEqual({ ...always, ...expected });
  if (response.access_token)
    expect(await active(it, response.access_token)).toMatchObject({ active: true, sub: 'user-1' });
  if (!response.id_token) return;
  const claims = await verified(it, response.id_token);
  expect(claims).toMatchObject({ aud: 'web', sub: 'user-1', nonce: 'n-1', s_hash: half('a state') });
  expect(claims.at_hash).toBe(response.access_token && half(response.access_token));
  expect(claims.c_hash).toBe(response.code && half(response.code));
  // What the scope names stands in the ID token only where no access token will come (OIDC Core §5.4).
  expect(claims.email).toBe(response_type === 'id_token' ? 'alice@example.com' : undefined);
});

test('none is answered with nothing but the state', async () => {
  const { idp } = await typesWorld();
  const answer = await idp.handle(asking({ response_type: 'none' }, idp.logIn('alice')));
  expect(returned(answer)).toEqual(always);
});

test('a hybrid code gets tokens of its own; its reuse revokes the one from the fragment', async () => {
  const it = await typesWorld();
  const asked = asking({ response_type: 'code id_token token' }, it.idp.logIn('alice'));
  const front = inFragment(await it.idp.handle(asked));
  const redeem = () => it.idp.handle(tokenRequest(redeeming(front.code as string)));
  const tokens = read(await redeem());
  const claims = await verified(it, tokens.id_token);
  expect(claims).toMatchObject({ sub: 'user-1', nonce: 'n-1', at_hash: half(tokens.access_token) });
  expect([claims.c_hash, claims.s_hash]).toEqual([undefined, undefined]);
  expect(read(await redeem())).toMatchObject({ error: 'invalid_grant' });
  expect(await active(it, front.access_token)).toEqual({ active: false });
});

test.each([
  ['no nonce for an ID token', { response_type: 'code id_token', nonce: undefined }, 'invalid_request'],
  ['an ID token without openid', { response_type: 'code id_token', scope: 'items:read' }, 'invalid_request'],
  ['a query', { response_type: 'code token', response_mode: 'query' }, 'invalid_request'],
  ['a query as a JWT', { response_type: 'code token', response_mode: 'query.jwt' }, 'invalid_request'],
  ['a type twice', { response_type: 'token token' }, 'unsupported_response_type'],
  ['none with another', { response_type: 'none token' }, 'unsupported_response_type'],
  ['nobody logged in', { response_type: 'code token', prompt: 'none' }, 'login_required', false],
])('%s is an error, told in the fragment', async (_, changes, error, loggedIn = true) => {
  const { idp } = await typesWorld();
  const answer = await idp.handle(asking(changes, loggedIn ? idp.logIn('alice') : undefined));
  const [, response = ''] = inFragment(answer).response?.split('.') ?? [];
  const told = response ? JSON.parse(Buffer.from(response, 'base64url').toString()) : inFragment(answer);
  expect(told).toMatchObject({ error, state: 'a state', iss: issuer });
  expect(returned(answer)).toEqual({});
});

test('nonce is optional where no ID token comes through the browser', async () => {
  const { idp } = await typesWorld();
  for (const response_type of ['code token', 'token'])
    expect(
      inFragment(await idp.handle(asking({ response_type, nonce: undefined }, idp.logIn('alice')))),
    ).toHaveProperty('access_token');
});

test('what is not registered, or left behind by OAuth 2.1, is refused', async () => {
  const refusal = async (response_type: string, options: object, client: object) => {
    const { idp } = await typesWorld(options, client);
    return inFragment(await idp.handle(asking({ response_type }, idp.logIn('alice')))).error;
  };
  const unregistered = { responseTypes: undefined };
  for (const type of hybrid.slice(2)) expect(await refusal(type, {}, unregistered)).toBe('unauthorized_client');
  expect(await refusal('token', { legacy: [] }, {})).toBe('unsupported_response_type');
  expect(await refusal('id_token token', { legacy: [] }, {})).toBe('unsupported_response_type');
  expect(await refusal('code id_token', { legacy: [] }, {})).toBeUndefined();
  expect(await refusal('code id_token', {}, { grantTypes: ['implicit'] })).toBe('unauthorized_client');
  expect(await refusal('code token', {}, { dpopBoundAccessTokens: true })).toBe('unauthorized_client');
  expect(await metadata(await typesWorld())).toMatchObject({ response_types_supported: all });
  expect(await metadata(await typesWorld({ legacy: [] }))).toMatchObject({ response_types_supported: hybrid });
});

test('form_post carries tokens, and so does the login page', async () => {
  const it = await typesWorld();
  const browser = createBrowser(it);
  const page = await browser.visit(asking({ response_type: 'code id_token', response_mode: 'form_post' }));
  const form = await browser.submit(page, { username: 'alice', password: 'wonderland', decision: 'log-in' });
  expect(text(form)).toMatch(/name="code" value="[0-9a-f]{64}".*name="id_token" value="ey/s);
});

test('without a code there is no offline access (OIDC Core §11)', async () => {
  const it = await typesWorld();
  const scope = 'openid offline_access';
  const scopeFor = async (response_type: string) =>
    inFragment(await it.idp.handle(asking({ response_type, scope }, it.idp.logIn('alice')))).scope;
  expect(await scopeFor('id_token token')).toBe('openid');
  expect(await scopeFor('code token')).toBe(scope);
});
