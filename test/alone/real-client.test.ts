import * as client from 'openid-client';
import { expect, onTestFinished, test } from 'vitest';
import { startIdp } from '../../harness/idp.ts';

test('openid-client takes a user through code, UserInfo and refresh at any tenant, as it is', async () => {
  const idp = await startIdp({ tenants: { acme: {} }, fakeUsers: 1 });
  onTestFinished(() => idp[Symbol.asyncDispose]());
  for (const tenant of idp.tenants()) {
    const plainHttp = { execute: [client.allowInsecureRequests] };
    const config = await client.discovery(new URL(tenant.issuer), 'web', 'web-secret', undefined, plainHttp);
    const [pkceCodeVerifier, expectedState] = [client.randomPKCECodeVerifier(), client.randomState()];
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: 'http://localhost:3000/callback',
      scope: 'openid profile email offline_access',
      state: expectedState,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    const user = tenant.users.list().at(-1)!;
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie: tenant.logIn(user.username) } });
    const callback = new URL(answer.headers.get('location')!);
    const tokens = await client.authorizationCodeGrant(config, callback, { pkceCodeVerifier, expectedState });
    expect(tokens.claims()).toMatchObject({ iss: tenant.issuer, sub: user.sub });
    const { email, name } = user.claims;
    expect(await client.fetchUserInfo(config, tokens.access_token, user.sub)).toMatchObject({ email, name });
    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token!);
    expect(refreshed.access_token).not.toBe(tokens.access_token);
  }
});
