import { importJWK } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { expect, test } from 'vitest';
import { jwks, keys } from './idp-client-fixtures.ts';
import { authorized, found, insecure } from './idp-clients-fixtures.ts';
import { callback } from './idp-flow-fixtures.ts';
import { served } from './idp-served.ts';

const execute = [openid.allowInsecureRequests];
const asked = {
  redirect_uris: [callback],
  client_name: 'The app',
  grant_types: ['authorization_code', 'refresh_token'],
};
const key = { key: (await importJWK(keys.es256.privateJwk, 'ES256')) as openid.CryptoKey, kid: keys.es256.kid };

test.each([
  ['a secret', {}, openid.ClientSecretBasic()],
  ['a secret in the body', { token_endpoint_auth_method: 'client_secret_post' }, undefined],
  ['no secret', { token_endpoint_auth_method: 'none' }, openid.None()],
  [
    'a key of its own',
    { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: jwks(keys.es256).keys as openid.JWK[] } },
    openid.PrivateKeyJwt(key),
  ],
])('openid-client registers a client with %s, which logs a user in', async (_, more, authentication) => {
  await using it = await served();
  const config = await openid.dynamicClientRegistration(it.issuer, { ...asked, ...more }, authentication, { execute });
  const registered = config.clientMetadata();
  expect(registered).toMatchObject({ client_id: expect.any(String), ...asked, ...more });
  const tokens = await (await authorized(it, config)).redeem();
  expect(tokens.claims()).toMatchObject({ sub: 'user-1', aud: registered.client_id });
  expect(tokens.refresh_token).toBeDefined();
});

test('oauth4webapi needs the initial access token where one is demanded', async () => {
  await using it = await served({ registration: { initialAccessToken: 'for-friends' } });
  const as = await found(it.issuer);
  const register = async (initialAccessToken?: string) => {
    const options = { ...insecure, ...(initialAccessToken && { initialAccessToken }) };
    const answer = await oauth.dynamicClientRegistrationRequest(as, asked, options);
    return oauth.processDynamicClientRegistrationResponse(answer);
  };
  await expect(register()).rejects.toMatchObject({ status: 401 });
  const registered = await register('for-friends');
  expect(registered).toMatchObject({ client_secret: expect.any(String), client_secret_expires_at: 0 });
  // RFC 7592: what it was told, it can read again.
  const url = registered.registration_client_uri as string;
  const authorization = `Bearer ${registered.registration_access_token}`;
  expect(await (await fetch(url, { headers: { authorization } })).json()).toEqual(registered);
});
