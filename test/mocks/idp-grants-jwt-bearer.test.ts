import { expect, test } from 'vitest';
import type { IdpOptions } from '../../mocks/idp/idp.ts';
import { issuer, jwks, keys, now, signed, tokenEndpoint, unsigned } from './idp-client-fixtures.ts';
import { get, read, type World } from './idp-fixtures.ts';
import { alice, bob, flowWorld, web } from './idp-flow-fixtures.ts';
import { type Credentials, claims, token } from './idp-grants-fixtures.ts';
import { register } from './idp-registration-fixtures.ts';

const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const hr = { issuer: 'https://hr.example', jwks: jwks(keys.rs256, keys.es256) };
const robot = { id: 'robot', tokenEndpointAuthMethod: 'private_key_jwt', jwks: jwks(keys.other) } as const;
const options: Partial<IdpOptions> = { clients: [web, robot], users: [alice, bob], trustedIssuers: [hr] };

const ask = (it: World, assertion: string, as: Credentials | null = web, more = {}) =>
  token(it, { grant_type: grant, assertion, ...more }, as);
/** What a trusted issuer says of a user, with changes. */
const statement = (changes: object = {}, key = keys.rs256) =>
  signed(web, { iss: hr.issuer, sub: 'bob', ...changes }, key);

test.each([
  ['by user name', { sub: 'bob' }],
  ['by subject', { sub: 'user-2' }],
  ['by e-mail address', { sub: 'b@example.com' }],
  ['at the token endpoint', { aud: [tokenEndpoint, 'https://other.example'] }],
  ['without jti and iat', { jti: undefined, iat: undefined }],
])('a trusted issuer gets a token for a user, named %s', async (_, changes) => {
  const it = await flowWorld(options);
  const { access_token: got, ...others } = await ask(it, await statement(changes), web, { scope: 'items:read' });
  expect(others).toEqual({ status: 200, token_type: 'Bearer', expires_in: 3600, scope: 'items:read' });
  expect(claims(got)).toMatchObject({ sub: 'user-2', client_id: 'web' });
  expect(read(await it.idp.handle(get('/tenant/.well-known/openid-configuration'))).grant_types_supported).toContain(
    grant,
  );
});

test('a client that signs for itself need not say who it is', async () => {
  const it = await flowWorld(options);
  const own = await ask(it, await signed(robot, {}, keys.other), null);
  expect(claims(own.access_token)).toMatchObject({ sub: 'subject-robot', client_id: 'robot' });
  const forUser = await ask(it, await signed(robot, { sub: 'alice', jti: 'second' }, keys.other), null);
  expect(claims(forUser.access_token)).toMatchObject({ sub: 'user-1', client_id: 'robot' });
  // Anything else says who it is, and proves it.
  expect(await ask(it, await statement({ jti: 'third' }), null)).toMatchObject({
    status: 401,
    error: 'invalid_client',
  });
  expect(await ask(it, await signed(robot, { jti: 'fourth' }, keys.other), null, { client_id: 'robot' })).toMatchObject(
    {
      status: 401,
      error: 'invalid_client',
    },
  );
});

test('a token is for the resource that the client names (RFC 8707)', async () => {
  const it = await flowWorld({ ...options, resources: ['https://orders.example'] });
  const resource = 'https://orders.example';
  const { access_token: got } = await ask(it, await statement(), web, { resource });
  expect(claims(got).aud).toBe(resource);
  const other = await statement({ jti: 'second' });
  expect(await ask(it, other, web, { resource: 'https://other.example' })).toMatchObject({ error: 'invalid_target' });
});

test('an assertion with a jti is worth one token, one without as many as you like', async () => {
  const it = await flowWorld(options);
  const once = await statement();
  expect((await ask(it, once)).status).toBe(200);
  expect(await ask(it, once)).toMatchObject({ status: 400, error: 'invalid_grant' });
  const often = await statement({ jti: undefined });
  for (const _ of [1, 2]) expect((await ask(it, often)).status).toBe(200);
});

test.each<[string, () => Promise<string> | string]>([
  ['no JWT', () => 'x'],
  ['an unsigned one', () => unsigned({ id: hr.issuer }, 'none')],
  ['one of an unknown issuer', () => statement({ iss: 'https://other.example' })],
  ['one without an issuer', () => statement({ iss: undefined })],
  ['one signed with another key', () => statement({}, keys.other)],
  ["one signed with a client's secret", () => signed(web, { iss: 'web', sub: 'alice' }, web.secret)],
  ['one for somebody else', () => statement({ aud: 'https://other.example' })],
  ['one for nobody', () => statement({ aud: undefined })],
  ['one without a subject', () => statement({ sub: undefined })],
  ['one about nobody here', () => statement({ sub: 'nobody' })],
  ['one that never expires', () => statement({ exp: undefined })],
  ['one that has expired', () => statement({ exp: now - 11 })],
  ['one that lasts for days', () => statement({ exp: now + 90_000 })],
  ['one from the future', () => statement({ iat: now + 60 })],
  ['one that is not valid yet', () => statement({ nbf: now + 60 })],
  ['one whose jti is a number', () => statement({ jti: 7 })],
  ['one by another client', () => signed(robot, { sub: 'alice' }, keys.other)],
])('%s is an invalid grant', async (_, make) => {
  const it = await flowWorld(options);
  expect(await ask(it, await make())).toEqual({
    status: 400,
    error: 'invalid_grant',
    error_description: expect.any(String),
  });
});

test('a refusal that has nothing to do with the assertion', async () => {
  const it = await flowWorld({ ...options, clients: [{ ...web, grantTypes: ['authorization_code'] }, robot] });
  expect(await token(it, { grant_type: grant })).toMatchObject({ error: 'unauthorized_client' });
  const open = await flowWorld(options);
  expect(await token(open, { grant_type: grant })).toMatchObject({ status: 400, error: 'invalid_request' });
  expect(await ask(open, await statement(), web, { scope: 'x' })).toMatchObject({
    status: 400,
    error: 'invalid_scope',
  });
  expect(open.idp.issuer).toBe(issuer);
});

test('a client that registered itself speaks for itself, and for no user', async () => {
  const it = await flowWorld(options);
  const { client_id: id } = await register(it, {
    token_endpoint_auth_method: 'private_key_jwt',
    grant_types: [grant],
    jwks: robot.jwks,
  });
  expect((await ask(it, await signed({ id }, {}, keys.other), null)).status).toBe(200);
  const forUser = await signed({ id }, { sub: 'alice', jti: 'second' }, keys.other);
  expect(await ask(it, forUser, null)).toMatchObject({ status: 400, error: 'invalid_grant' });
});
