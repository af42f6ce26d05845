import { createPrivateKey } from 'node:crypto';
import {
  ConfidentialClientApplication,
  CryptoProvider,
  type NodeAuthOptions,
  ProtocolMode,
  PublicClientApplication,
} from '@azure/msal-node';
import { beforeAll, expect, test } from 'vitest';
import { signingKey } from '../../mocks/forge/keys.ts';
import type { KeyAndCertificate } from '../../mocks/pki/issued.ts';
import { jwks } from './idp-client-fixtures.ts';
import { callback, mobile, web } from './idp-flow-fixtures.ts';
import { loopback, served, trusted } from './idp-served.ts';
import { openTab } from './idp-tab.ts';

// It speaks to https only, and as plain OpenID Connect with authorities that are not Microsoft's.

let tls: KeyAndCertificate;
beforeAll(async () => {
  tls = await trusted();
});

const configuration = (issuer: URL, client: NodeAuthOptions) => ({
  auth: { ...client, authority: issuer.href, knownAuthorities: [issuer.host] },
  system: { protocolMode: ProtocolMode.OIDC },
});

const secret = { clientId: 'web-post', clientSecret: web.secret };

test.each([
  ['confidential', callback, (issuer: URL) => new ConfidentialClientApplication(configuration(issuer, secret))],
  ['public', loopback, (issuer: URL) => new PublicClientApplication(configuration(issuer, { clientId: mobile.id }))],
] as const)('a %s client completes code with PKCE and refreshes by itself', async (_, redirectUri, create) => {
  await using it = await served({ tls });
  const app = create(it.issuer);
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const asked = { scopes: ['items:read'], redirectUri, state: 'a state', nonce: 'a nonce' };
  const url = await app.getAuthCodeUrl({ ...asked, codeChallenge: challenge, codeChallengeMethod: 'S256' });
  const back = (await it.follow(url)).searchParams;
  const code = back.get('code') as string;
  const answer = { code, state: back.get('state') as string, nonce: 'a nonce' };
  const redeem = (payload = answer) => app.acquireTokenByCode({ ...asked, code, codeVerifier: verifier }, payload);
  await expect(redeem({ ...answer, state: 'another' })).rejects.toMatchObject({ errorCode: 'state_mismatch' });
  const first = await redeem();
  expect(first).toMatchObject({ uniqueId: 'user-1', idTokenClaims: { iss: it.issuer.href, nonce: 'a nonce' } });
  expect(first.scopes).toEqual(expect.arrayContaining(['openid', 'items:read', 'offline_access']));
  const account = first.account!;
  const again = await app.acquireTokenSilent({ account, scopes: ['items:read'] });
  expect(again).toMatchObject({ fromCache: true, accessToken: first.accessToken });
  const renewed = await app.acquireTokenSilent({ account, scopes: ['items:read'], forceRefresh: true });
  expect(renewed).toMatchObject({ fromCache: false, uniqueId: 'user-1' });
  expect(renewed.accessToken).not.toBe(first.accessToken);
  await app.acquireTokenSilent({ account, scopes: ['items:read'], forceRefresh: true });
  await expect(redeem()).rejects.toMatchObject({ errorCode: 'invalid_grant' });
});

test('gets a token in its own name', async () => {
  await using it = await served({ tls });
  const app = new ConfidentialClientApplication(configuration(it.issuer, secret));
  const token = await app.acquireTokenByClientCredential({ scopes: ['items:read'] });
  expect(token).toMatchObject({ tokenType: 'Bearer', scopes: ['items:read'], fromCache: false });
  const wrong = new ConfidentialClientApplication(configuration(it.issuer, { ...secret, clientSecret: 'wrong' }));
  await expect(wrong.acquireTokenByClientCredential({ scopes: ['items:read'] })).rejects.toMatchObject({
    errorCode: 'invalid_client',
  });
});

test('gets tokens for a password, where that is allowed', async () => {
  await using it = await served({ tls, legacy: ['password'] });
  const app = new PublicClientApplication(configuration(it.issuer, { clientId: mobile.id }));
  const alice = { scopes: ['items:read'], username: 'alice', password: 'wonderland' };
  const token = await app.acquireTokenByUsernamePassword(alice);
  expect(token).toMatchObject({ uniqueId: 'user-1', scopes: expect.arrayContaining(['items:read']) });
  await expect(app.acquireTokenByUsernamePassword({ ...alice, password: 'wrong' })).rejects.toMatchObject({
    errorCode: 'invalid_grant',
  });
});

test('proves itself by the key of its certificate', async () => {
  const key = await signingKey('PS256', 'certified', 7);
  const client = { ...web, tokenEndpointAuthMethod: 'private_key_jwt', jwks: jwks(key) } as const;
  await using it = await served({ tls, clients: [client] });
  const privateKey = String(
    createPrivateKey({ key: key.privateJwk, format: 'jwk' }).export({ type: 'pkcs8', format: 'pem' }),
  );
  const clientCertificate = { thumbprintSha256: 'ab'.repeat(32), privateKey };
  const app = new ConfidentialClientApplication(configuration(it.issuer, { clientId: web.id, clientCertificate }));
  const token = await app.acquireTokenByClientCredential({ scopes: ['items:read'] });
  expect(token).toMatchObject({ tokenType: 'Bearer', scopes: ['items:read'] });
});

test('logs a user in with a browser, and listens for the answer itself', async () => {
  await using it = await served({ tls, clients: [{ ...mobile, redirectUris: ['http://localhost:*/*'] }] });
  const app = new PublicClientApplication(configuration(it.issuer, { clientId: mobile.id }));
  const token = await app.acquireTokenInteractive({
    scopes: ['items:read'],
    async openBrowser(url) {
      const { visit, submit } = openTab(it.idp.logIn('alice'));
      await submit(await visit(url));
    },
  });
  expect(token).toMatchObject({ uniqueId: 'user-1', scopes: expect.arrayContaining(['items:read']) });
});
