import { generateCodeVerifier, OAuth2Client, OAuth2Fetch } from '@badgateway/oauth2-client';
import { expect, test } from 'vitest';
import { callback, mobile, web } from './idp-flow-fixtures.ts';
import { loopback, served } from './idp-served.ts';

// It finds the endpoints itself (RFC 8414), the document's place aside, which it expects without the issuer's path.

type Settings = ConstructorParameters<typeof OAuth2Client>[0];

const client = (
  issuer: URL,
  { id, secret }: { readonly id: string; readonly secret?: string },
  more: Partial<Settings> = {},
) =>
  new OAuth2Client({
    ...more,
    server: `${issuer.href}/`,
    discoveryEndpoint: '/.well-known/oauth-authorization-server/tenant',
    clientId: id,
    ...(secret && { clientSecret: secret }),
  });

test.each([
  ['web', web, callback, {}],
  ['web-post', { ...web, id: 'web-post' }, callback, { authenticationMethod: 'client_secret_post' }],
  ['mobile', mobile, loopback, {}],
] as const)('completes code with PKCE, refresh and revocation as %s', async (_, who, redirectUri, more) => {
  await using it = await served();
  const oauth = client(it.issuer, who, more);
  const codeVerifier = await generateCodeVerifier();
  const scope = ['openid', 'items:read', 'offline_access'];
  const asked = { redirectUri, state: 'a state', codeVerifier };
  const back = await it.follow(await oauth.authorizationCode.getAuthorizeUri({ ...asked, scope }));
  const tokens = await oauth.authorizationCode.getTokenFromCodeRedirect(back, asked);
  expect(tokens).toMatchObject({ accessToken: expect.any(String), idToken: expect.any(String), scope });
  const next = await oauth.refreshToken(tokens, { scope: ['items:read'] });
  expect(next.scope).toEqual(['items:read']);
  await oauth.revoke(next, 'refresh_token');
  await expect(oauth.refreshToken(next)).rejects.toMatchObject({ oauth2Code: 'invalid_grant', httpCode: 400 });
  await expect(oauth.authorizationCode.getTokenFromCodeRedirect(back, asked)).rejects.toMatchObject({
    oauth2Code: 'invalid_grant',
  });
  await expect(oauth.authorizationCode.getTokenFromCodeRedirect(back, { ...asked, state: 'another' })).rejects.toThrow(
    /state/,
  );
});

test('gets, inspects and renews a token in its own name', async () => {
  await using it = await served();
  const oauth = client(it.issuer, web);
  const resource = 'https://other.example';
  const token = await oauth.clientCredentials({ scope: ['items:read'], resource });
  const known = { active: true, client_id: 'web', scope: 'items:read', aud: resource };
  expect(await oauth.introspect(token)).toMatchObject(known);
  await oauth.revoke(token);
  expect(await oauth.introspect(token)).toEqual({ active: false });
  await expect(client(it.issuer, { id: 'web', secret: 'wrong' }).clientCredentials()).rejects.toMatchObject({
    oauth2Code: 'invalid_client',
    httpCode: 401,
  });
});

test('fetches UserInfo with a token that it keeps fresh', async () => {
  await using it = await served();
  const oauth = client(it.issuer, mobile);
  const asked = { redirectUri: loopback, codeVerifier: await generateCodeVerifier() };
  const scope = ['openid', 'profile', 'offline_access'];
  const back = await it.follow(await oauth.authorizationCode.getAuthorizeUri({ ...asked, scope }));
  const first = await oauth.authorizationCode.getTokenFromCodeRedirect(back, asked);
  it.idp.revoke(first.accessToken);
  const wrapper = new OAuth2Fetch({ client: oauth, getNewToken: () => first });
  const answer = await wrapper.fetch(it.idp.endpoints.userinfo);
  expect(await answer.json()).toEqual({ sub: 'user-1', name: 'Alice' });
  expect(await wrapper.getAccessToken()).not.toBe(first.accessToken);
});

test('gets and renews tokens for a password, where that is allowed', async () => {
  await using it = await served({ legacy: ['password'] });
  const oauth = client(it.issuer, web);
  const alice = { username: 'alice', password: 'wonderland', scope: ['items:read', 'offline_access'] };
  const first = await oauth.password(alice);
  expect((await oauth.refreshToken(first)).accessToken).not.toBe(first.accessToken);
  await expect(oauth.password({ ...alice, password: 'wrong' })).rejects.toMatchObject({ oauth2Code: 'invalid_grant' });
});
