import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { expect, test } from 'vitest';
import { discover, found, insecure } from './idp-clients-fixtures.ts';
import { callback, mobile, web } from './idp-flow-fixtures.ts';
import { loopback, served } from './idp-served.ts';

// The clients are used as their documentation shows; plain HTTP is the only thing they must be told to allow.

const scope = 'openid profile email items:read offline_access';
const clients = [
  web,
  { ...web, id: 'web-post', tokenEndpointAuthMethod: 'client_secret_post' },
  { ...web, id: 'web-es', idTokenSignedResponseAlg: 'ES256' },
  { ...web, id: 'web-hs', idTokenSignedResponseAlg: 'HS256' },
  mobile,
] as const;

test.each([
  ['web', {}, openid.ClientSecretBasic(web.secret), callback],
  ['web-post', {}, openid.ClientSecretPost(web.secret), callback],
  ['web-es', { id_token_signed_response_alg: 'ES256' }, openid.ClientSecretBasic(web.secret), callback],
  [
    'web-hs',
    { client_secret: web.secret, id_token_signed_response_alg: 'HS256' },
    openid.ClientSecretBasic(web.secret),
    callback,
  ],
  ['mobile', {}, openid.None(), loopback],
])(
  'openid-client completes code with PKCE, refresh, UserInfo and revocation as %s',
  async (id, more, auth, redirect) => {
    await using it = await served({ clients });
    const config = await discover(it.issuer, id, more, auth);
    // It checks signatures by the JWK Set only; an HMAC it takes on trust in the connection.
    if (id !== 'web-hs') openid.enableNonRepudiationChecks(config);
    expect(config.serverMetadata().supportsPKCE()).toBe(true);
    const pkceCodeVerifier = openid.randomPKCECodeVerifier();
    const [expectedState, expectedNonce] = [openid.randomState(), openid.randomNonce()];
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: redirect,
      scope,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      nonce: expectedNonce,
      max_age: '300',
    });
    const back = await it.follow(url);
    const checks = { pkceCodeVerifier, expectedState, expectedNonce, maxAge: 300, idTokenExpected: true };
    const tokens = await openid.authorizationCodeGrant(config, back, checks);
    expect(tokens.claims()).toMatchObject({ sub: 'user-1', aud: id, nonce: expectedNonce });
    expect(await openid.fetchUserInfo(config, tokens.access_token, 'user-1')).toEqual({
      sub: 'user-1',
      name: 'Alice',
      email: 'alice@example.com',
      email_verified: true,
    });
    const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token as string);
    expect(refreshed.claims()?.sub).toBe('user-1');
    expect(refreshed.refresh_token).not.toBe(tokens.refresh_token);
    if (id !== 'mobile')
      expect(await openid.tokenIntrospection(config, refreshed.access_token)).toMatchObject({
        active: true,
        sub: 'user-1',
      });
    await openid.tokenRevocation(config, refreshed.refresh_token as string);
    if (id !== 'mobile')
      expect(await openid.tokenIntrospection(config, refreshed.access_token)).toEqual({ active: false });
    await expect(openid.refreshTokenGrant(config, refreshed.refresh_token as string)).rejects.toMatchObject({
      error: 'invalid_grant',
      status: 400,
    });
    await expect(openid.authorizationCodeGrant(config, back, checks)).rejects.toMatchObject({ error: 'invalid_grant' });
    await expect(openid.fetchUserInfo(config, tokens.access_token, 'user-1')).rejects.toMatchObject({ status: 401 });
  },
);

test('openid-client sees the refusals as what they are', async () => {
  await using it = await served({ clients });
  const config = await discover(it.issuer, 'web', {}, openid.ClientSecretBasic(web.secret));
  const ask = (more: Record<string, string>) =>
    openid.buildAuthorizationUrl(config, { redirect_uri: callback, scope, ...more });
  const denied = await it.follow(ask({ prompt: 'none', max_age: 'soon' }));
  await expect(openid.authorizationCodeGrant(config, denied)).rejects.toMatchObject({ error: 'invalid_request' });
  const challenge = await openid.calculatePKCECodeChallenge(openid.randomPKCECodeVerifier());
  const back = await it.follow(ask({ code_challenge: challenge, code_challenge_method: 'S256' }));
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  await expect(
    openid.authorizationCodeGrant(config, back, { pkceCodeVerifier, idTokenExpected: true }),
  ).rejects.toMatchObject({ error: 'invalid_grant', status: 400 });
  const wrong = await discover(it.issuer, 'web', {}, openid.ClientSecretBasic('wrong'));
  await expect(openid.clientCredentialsGrant(wrong)).rejects.toMatchObject({
    status: 401,
    cause: [{ scheme: 'basic' }],
  });
  expect(await openid.clientCredentialsGrant(config, { scope: 'items:read' })).toMatchObject({ scope: 'items:read' });
});

test.each([
  ['oidc', 'web', oauth.ClientSecretBasic(web.secret)],
  ['oauth2', 'web-post', oauth.ClientSecretPost(web.secret)],
] as const)('oauth4webapi completes every grant, found by %s discovery', async (algorithm, id, authentication) => {
  await using it = await served({ clients });
  const as = await found(it.issuer, algorithm);
  const client: oauth.Client = { client_id: id, require_auth_time: true };
  const verifier = oauth.generateRandomCodeVerifier();
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
  const url = new URL(as.authorization_endpoint as string);
  for (const [name, value] of Object.entries({
    client_id: id,
    redirect_uri: callback,
    response_type: 'code',
    scope,
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }))
    url.searchParams.set(name, value);
  const parameters = oauth.validateAuthResponse(as, client, await it.follow(url, 'bob'), state);
  const redeem = () =>
    oauth.authorizationCodeGrantRequest(as, client, authentication, parameters, callback, verifier, insecure);
  const response = await redeem();
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, response, {
    expectedNonce: nonce,
    requireIdToken: true,
  });
  await oauth.validateApplicationLevelSignature(as, response, insecure);
  const { sub } = oauth.getValidatedIdTokenClaims(tokens) as oauth.IDToken;
  expect(sub).toBe('user-2');

  const api = new Request('https://api.example', { headers: { authorization: `Bearer ${tokens.access_token}` } });
  const claims = await oauth.validateJwtAccessToken(as, api, 'https://api.example', insecure);
  expect(claims).toMatchObject({ sub, client_id: id, scope });

  const info = await oauth.userInfoRequest(as, client, tokens.access_token, insecure);
  expect(await oauth.processUserInfoResponse(as, client, sub, info)).toMatchObject({ name: 'Bob' });

  const refresh = async (token: string) =>
    oauth.processRefreshTokenResponse(
      as,
      client,
      await oauth.refreshTokenGrantRequest(as, client, authentication, token, insecure),
    );
  const first = tokens.refresh_token as string;
  const { refresh_token: second = '' } = await refresh(first);
  const introspect = async (token: string) =>
    oauth.processIntrospectionResponse(
      as,
      client,
      await oauth.introspectionRequest(as, client, authentication, token, insecure),
    );
  expect(await introspect(second)).toMatchObject({ active: true, sub, client_id: id });
  await expect(refresh(first)).rejects.toMatchObject({ error: 'invalid_grant', status: 400 });
  expect(await introspect(second)).toEqual({ active: false });

  const own = await oauth.clientCredentialsGrantRequest(as, client, authentication, {}, insecure);
  const { access_token } = await oauth.processClientCredentialsResponse(as, client, own);
  const revoked = await oauth.revocationRequest(as, client, authentication, access_token, insecure);
  expect(await oauth.processRevocationResponse(revoked)).toBeUndefined();
  expect(await introspect(access_token)).toEqual({ active: false });

  await expect(oauth.processAuthorizationCodeResponse(as, client, await redeem())).rejects.toMatchObject({
    error: 'invalid_grant',
  });
});
