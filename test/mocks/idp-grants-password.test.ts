import { expect, test } from 'vitest';
import { get, read, type World } from './idp-fixtures.ts';
import { flowWorld, web } from './idp-flow-fixtures.ts';
import { claims, token } from './idp-grants-fixtures.ts';

const usual = { grant_type: 'password', username: 'alice', password: 'wonderland', scope: 'openid offline_access' };
const advertised = async ({ idp }: World) =>
  read(await idp.handle(get('/tenant/.well-known/openid-configuration'))).grant_types_supported;

test('it is neither offered nor advertised unless asked for', async () => {
  const it = await flowWorld();
  expect(await token(it, usual)).toMatchObject({ status: 400, error: 'unsupported_grant_type' });
  expect(await advertised(it)).not.toContain('password');
  const implicit = await flowWorld({ legacy: ['implicit'] });
  expect(await token(implicit, usual)).toMatchObject({ status: 400, error: 'unsupported_grant_type' });
});

test('a user name and a password are worth tokens where it is', async () => {
  const it = await flowWorld({ legacy: ['password'] });
  expect(await advertised(it)).toContain('password');
  const tokens = await token(it, usual);
  expect(tokens).toMatchObject({ status: 200, token_type: 'Bearer', scope: 'openid offline_access' });
  expect(claims(tokens.id_token)).toMatchObject({ sub: 'user-1', aud: 'web', amr: ['pwd'] });
  const refreshed = await token(it, { grant_type: 'refresh_token', refresh_token: String(tokens.refresh_token) });
  expect(claims(refreshed.access_token)).toMatchObject({ sub: 'user-1' });
});

test.each([
  ['a wrong password', { password: 'looking-glass' }, 'invalid_grant'],
  ['an unknown user', { username: '__proto__' }, 'invalid_grant'],
  ['no password', { password: '' }, 'invalid_request'],
  ['no user', { username: '' }, 'invalid_request'],
  ['an unknown scope', { scope: 'x' }, 'invalid_scope'],
])('%s', async (_, change, error) => {
  const it = await flowWorld({ legacy: ['password'], clients: [web] });
  expect(await token(it, { ...usual, ...change })).toMatchObject({ status: 400, error });
});
