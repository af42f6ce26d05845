import { X509Certificate } from 'node:crypto';
import type { JWK } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { Agent, fetch } from 'undici';
import { beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../mocks/clock/clock.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority, KeyAndCertificate } from '../../mocks/pki/issued.ts';
import { selfSigned } from '../../mocks/pki/self-signed.ts';
import { authorized, discover, found, insecure } from './idp-clients-fixtures.ts';
import { mobile, web } from './idp-flow-fixtures.ts';
import { loopback, served, trusted } from './idp-served.ts';

const key = () => openid.randomDPoPKeyPair('ES256');

test.each(['required', 'offered', 'off'] as const)('openid-client proves its key, nonces %s', async (dpopNonce) => {
  await using it = await served({ dpopNonce, clients: [{ ...web, dpopBoundAccessTokens: true }] });
  const config = await discover(it.issuer, 'web');
  const DPoP = openid.getDPoPHandle(config, await key());
  const { redeem } = await authorized(it, config, { dpop_jkt: await DPoP.calculateThumbprint() });
  const tokens = await redeem(undefined, { DPoP });
  expect(tokens.token_type).toBe('dpop');
  expect(await openid.fetchUserInfo(config, tokens.access_token, 'user-1', { DPoP })).toMatchObject({ name: 'Alice' });
  expect(await openid.tokenIntrospection(config, tokens.access_token)).toMatchObject({
    token_type: 'DPoP',
    cnf: { jkt: await DPoP.calculateThumbprint() },
  });
  const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token as string, undefined, { DPoP });
  expect(refreshed.token_type).toBe('dpop');
  expect((await openid.clientCredentialsGrant(config, {}, { DPoP })).token_type).toBe('dpop');
  const other = openid.getDPoPHandle(config, await key());
  await expect(openid.fetchUserInfo(config, refreshed.access_token, 'user-1', { DPoP: other })).rejects.toMatchObject({
    status: 401,
  });
});

test('openid-client, public, keeps its refresh token by its key', async () => {
  await using it = await served();
  const config = await discover(it.issuer, mobile.id, {}, openid.None());
  const DPoP = openid.getDPoPHandle(config, await key());
  const tokens = await (await authorized(it, config, { redirect_uri: loopback })).redeem(undefined, { DPoP });
  const refresh = (options?: openid.DPoPOptions) =>
    openid.refreshTokenGrant(config, tokens.refresh_token as string, undefined, options);
  await expect(refresh({ DPoP: openid.getDPoPHandle(config, await key()) })).rejects.toMatchObject({ status: 400 });
  expect((await refresh({ DPoP })).token_type).toBe('dpop');
});

test('oauth4webapi tries again with the nonce', async () => {
  await using it = await served({ dpopNonce: 'required' });
  const as = await found(it.issuer);
  const client: oauth.Client = { client_id: 'web' };
  const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
  const secret = oauth.ClientSecretBasic(web.secret);
  const ask = async () => {
    const answer = await oauth.clientCredentialsGrantRequest(as, client, secret, {}, { DPoP, ...insecure });
    return oauth.processClientCredentialsResponse(as, client, answer);
  };
  const refused = await ask().catch((problem: unknown) => problem);
  expect(oauth.isDPoPNonceError(refused)).toBe(true);
  const { access_token, token_type } = await ask();
  expect(token_type).toBe('dpop');
  const headers = new Headers({ accept: 'application/json' });
  const url = new URL(as.userinfo_endpoint as string);
  // Its own token cannot read UserInfo, but the proof is not what is wrong.
  const call = oauth.protectedResourceRequest(access_token, 'GET', url, headers, null, { DPoP, ...insecure });
  await expect(call).rejects.toMatchObject({ status: 403, cause: [{ scheme: 'dpop' }] });
});

let authority: Authority;
let tls: KeyAndCertificate;
let certified: KeyAndCertificate;
let lone: KeyAndCertificate;
beforeAll(async () => {
  tls = await trusted();
  authority = await createAuthority({ clock: systemClock });
  certified = await authority.issue({ hosts: ['web.example'], commonName: 'web' });
  lone = await selfSigned({ clock: systemClock, hosts: ['lone.example'] });
});

/** The `fetch` of a process that shows this certificate to whoever asks. */
function showing(certificate: KeyAndCertificate | undefined) {
  const dispatcher = new Agent({ connect: { ...certificate } });
  return {
    fetch: ((url, options) => fetch(url, { ...options, dispatcher } as object)) as openid.CustomFetch,
    [Symbol.asyncDispose]: () => dispatcher.close(),
  };
}

const issued = { tokenEndpointAuthMethod: 'tls_client_auth', tlsClientAuthSanDns: 'web.example' } as const;
const known = () => {
  const x5c = [new X509Certificate(lone.cert).raw.toString('base64')];
  const jwk = new X509Certificate(lone.cert).publicKey.export({ format: 'jwk' }) as JWK;
  const jwks = { keys: [{ ...jwk, x5c }] };
  return { tokenEndpointAuthMethod: 'self_signed_tls_client_auth' as const, jwks };
};

test.each([
  ['tls_client_auth', () => issued, () => certified, () => lone],
  ['self_signed_tls_client_auth', known, () => lone, () => certified],
])('openid-client proves itself by %s', async (_, method, mine, foreign) => {
  const { secret, ...rest } = web;
  const client = { ...rest, ...method(), tlsClientCertificateBoundAccessTokens: true } as const;
  await using it = await served({ tls, mtls: tls, clientAuthorities: [authority.caPem], clients: [client] });
  const connect = async ({ fetch: customFetch }: ReturnType<typeof showing>) => {
    const options = { [openid.customFetch]: customFetch };
    const more = { use_mtls_endpoint_aliases: true };
    return openid.discovery(it.issuer, 'web', more, openid.TlsClientAuth(), options);
  };
  await using right = showing(mine());
  const config = await connect(right);
  const tokens = await (await authorized(it, config)).redeem();
  const hash = new X509Certificate(mine().cert).fingerprint256.replaceAll(':', '');
  expect(await openid.tokenIntrospection(config, tokens.access_token)).toMatchObject({
    active: true,
    cnf: { 'x5t#S256': Buffer.from(hash, 'hex').toString('base64url') },
  });
  expect(await openid.fetchUserInfo(config, tokens.access_token, 'user-1')).toMatchObject({ name: 'Alice' });
  expect((await openid.refreshTokenGrant(config, tokens.refresh_token as string)).token_type).toBe('bearer');
  for (const certificate of [foreign(), undefined]) {
    await using wrong = showing(certificate);
    const thief = await connect(wrong);
    await expect(openid.clientCredentialsGrant(thief)).rejects.toMatchObject({ status: 401 });
    await expect(openid.fetchUserInfo(thief, tokens.access_token, 'user-1')).rejects.toMatchObject({ status: 401 });
  }
});
