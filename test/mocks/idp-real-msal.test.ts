import { ConfidentialClientApplication, CryptoProvider, ProtocolMode, PublicClientApplication } from '@azure/msal-node';
import { beforeAll, expect, test } from 'vitest';
import type { KeyAndCertificate } from '../../mocks/pki/certificate.ts';
import { callback, mobile, web } from './idp-flow-fixtures.ts';
import { loopback, served, trusted } from './idp-served.ts';

// It speaks to https only, and as plain OpenID Connect with authorities that are not Microsoft's.

let tls: KeyAndCertificate;
beforeAll(async () => {
  tls = await trusted();
});

const configuration = (issuer: URL, client: { readonly clientId: string; readonly clientSecret?: string }) => ({
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
