import { AuthorizationCode, ClientCredentials, ResourceOwnerPassword } from 'simple-oauth2';
import { expect, test } from 'vitest';
import { callback, challenge, verifier, web } from './idp-flow-fixtures.ts';
import { served } from './idp-served.ts';

const config = (issuer: URL, { id, secret } = web) => ({
  client: { id, secret },
  auth: { tokenHost: issuer.origin, tokenPath: '/tenant/token', revokePath: '/tenant/revoke' },
  // By default it demands JSON of every answer; a revocation has no body at all (RFC 7009 §2.2).
  http: { json: true },
});

test.each([
  ['header', web],
  ['body', { ...web, id: 'web-post' }],
] as const)('completes code with PKCE, refresh and revocation, its secret in the %s', async (method, client) => {
  await using it = await served();
  const { auth, ...settings } = config(it.issuer, client);
  const grant = new AuthorizationCode({
    ...settings,
    auth: { ...auth, authorizePath: '/tenant/authorize' },
    options: { authorizationMethod: method },
  });
  const url = grant.authorizeURL({
    redirect_uri: callback,
    scope: ['items:read', 'offline_access'],
    state: 'a state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  const back = await it.follow(url);
  expect(back.searchParams.get('state')).toBe('a state');
  const code = { code: back.searchParams.get('code'), redirect_uri: callback, code_verifier: verifier };
  const first = await grant.getToken(code);
  expect(first.expired()).toBe(false);
  expect(first.token).toMatchObject({ token_type: 'Bearer', scope: 'items:read offline_access' });
  const second = await first.refresh({ scope: 'items:read' });
  expect(second.token).toMatchObject({ access_token: expect.any(String), scope: 'items:read' });
  await second.revokeAll();
  await expect(second.refresh()).rejects.toMatchObject({ data: { payload: { error: 'invalid_grant' } } });
  await expect(grant.getToken(code)).rejects.toMatchObject({ output: { statusCode: 400 } });
});

test('gets a token in its own name', async () => {
  await using it = await served();
  const grant = new ClientCredentials(config(it.issuer));
  const { token } = await grant.getToken({ scope: 'items:read' });
  expect(token).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'items:read' });
  expect(token).not.toHaveProperty('refresh_token');
  const stranger = new ClientCredentials(config(it.issuer, { ...web, secret: 'wrong' }));
  await expect(stranger.getToken({})).rejects.toMatchObject({
    output: { statusCode: 401 },
    data: { payload: { error: 'invalid_client' } },
  });
});

test('gets and renews tokens for a password, where that is allowed', async () => {
  await using it = await served({ legacy: ['password'] });
  const grant = new ResourceOwnerPassword(config(it.issuer));
  const alice = { username: 'alice', password: 'wonderland', scope: 'items:read offline_access' };
  const first = await grant.getToken(alice);
  expect((await first.refresh()).token).toMatchObject({ scope: 'items:read offline_access' });
  await expect(grant.getToken({ ...alice, password: 'wrong' })).rejects.toMatchObject({
    data: { payload: { error: 'invalid_grant' } },
  });
});
