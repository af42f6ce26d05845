import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { ClientAuthentication, CodeChallengeMethod, IdentityPoolClient, OAuth2Client } from 'google-auth-library';
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import type { Idp } from '../../mocks/idp/idp.ts';
import { callback, web } from './idp-flow-fixtures.ts';
import { served } from './idp-served.ts';

const byBasic = { clientId: 'web', clientAuthentication: ClientAuthentication.ClientSecretBasic };

const client = ({ endpoints, issuer }: Idp, more: object = {}) =>
  new OAuth2Client({
    clientId: 'web-post',
    clientSecret: web.secret,
    redirectUri: callback,
    endpoints: { oauth2AuthBaseUrl: endpoints.authorization, oauth2TokenUrl: endpoints.token },
    issuers: [issuer],
    ...more,
  });

/** The keys in the form that this client knows: PEM by `kid`. */
async function certificates({ endpoints }: Idp): Promise<{ [kid: string]: string }> {
  const { keys } = (await (await fetch(endpoints.jwks)).json()) as { keys: (JsonWebKey & { kid: string })[] };
  const pem = (key: JsonWebKey) => createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  return Object.fromEntries(keys.map((key) => [key.kid, String(pem(key))]));
}

test.each([
  ['post', {}],
  ['basic', byBasic],
])('completes code with PKCE, its secret sent by %s', async (_, more) => {
  await using it = await served();
  const oauth = client(it.idp, more);
  const { codeVerifier, codeChallenge } = await oauth.generateCodeVerifierAsync();
  const url = oauth.generateAuthUrl({
    access_type: 'offline',
    scope: ['openid', 'email', 'items:read'],
    state: 'a state',
    code_challenge: codeChallenge as string,
    code_challenge_method: CodeChallengeMethod.S256,
  });
  const back = (await it.follow(url)).searchParams;
  expect(back.get('state')).toBe('a state');
  const code = back.get('code') as string;
  const { tokens } = await oauth.getToken({ code, codeVerifier });
  expect(tokens).toMatchObject({ token_type: 'Bearer', scope: 'openid email items:read' });
  const id = tokens.id_token as string;
  const verify = (audience: string) => oauth.verifySignedJwtWithCertsAsync(id, keys, audience, oauth.issuers);
  const keys = await certificates(it.idp);
  expect((await verify(oauth._clientId as string)).getUserId()).toBe('user-1');
  await expect(verify('another')).rejects.toThrow(/Wrong recipient/);
  oauth.setCredentials(tokens);
  const { data } = await oauth.request({ url: it.idp.endpoints.userinfo });
  expect(data).toMatchObject({ sub: 'user-1', email: 'alice@example.com' });
  await expect(oauth.getToken({ code, codeVerifier })).rejects.toMatchObject({
    status: 400,
    response: { data: { error: 'invalid_grant' } },
  });
});

test('renews a token that was revoked', async () => {
  await using it = await served();
  const oauth = client(it.idp, { forceRefreshOnFailure: true });
  const scope = ['openid', 'offline_access'];
  const back = await it.follow(oauth.generateAuthUrl({ scope }));
  const { tokens } = await oauth.getToken(back.searchParams.get('code') as string);
  oauth.setCredentials(tokens);
  it.idp.revoke(tokens.access_token as string);
  const { data } = await oauth.request({ url: it.idp.endpoints.userinfo });
  expect(data).toEqual({ sub: 'user-1' });
  expect((await oauth.getAccessToken()).token).not.toBe(tokens.access_token);
  // It keeps the refresh token of the first answer, whose second use ends the whole grant (RFC 9700 §4.14.2).
  await expect(oauth.refreshAccessToken()).rejects.toThrow('invalid_grant');
});

test('exchanges an ID token, as workload identity federation does', async () => {
  await using it = await served();
  const oauth = client(it.idp, byBasic);
  const back = await it.follow(oauth.generateAuthUrl({ scope: ['openid'] }));
  const { tokens } = await oauth.getToken(back.searchParams.get('code') as string);
  const exchanging = (secret: string) =>
    new IdentityPoolClient({
      type: 'external_account',
      audience: 'https://api.example',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      token_url: it.idp.endpoints.token,
      subject_token_supplier: { getSubjectToken: async () => tokens.id_token as string },
      client_id: 'web',
      client_secret: secret,
      scopes: ['items:read'],
    });
  const { token } = await exchanging(web.secret).getAccessToken();
  expect(decodeJwt(token as string)).toMatchObject({ sub: 'user-1', aud: 'https://api.example', scope: 'items:read' });
  await expect(exchanging('wrong').getAccessToken()).rejects.toThrow(/invalid_client/);
});
