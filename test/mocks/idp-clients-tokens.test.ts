import { exportJWK, generateKeyPair } from 'jose';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { expect, test } from 'vitest';
import { authorized, discover, found, insecure } from './idp-clients-fixtures.ts';
import { web } from './idp-flow-fixtures.ts';
import { served } from './idp-served.ts';

const secret = 'a secret that is long enough for HS512, which wants 64 octets of it';
const algorithms = ['RS', 'PS', 'ES'].flatMap((kind) => [256, 384, 512].map((bits) => `${kind}${bits}`));

test.each([...algorithms, 'EdDSA', 'Ed25519'])('what is signed with %s convinces both clients', async (alg) => {
  const settings = {
    idTokenSignedResponseAlg: alg,
    userinfoSignedResponseAlg: alg,
    introspectionSignedResponseAlg: alg,
    accessTokenSigningAlg: alg,
  };
  await using it = await served({ clients: [{ ...web, ...settings }] });
  const config = await discover(it.issuer, 'web', {
    id_token_signed_response_alg: alg,
    userinfo_signed_response_alg: alg,
    introspection_signed_response_alg: alg,
  });
  openid.enableNonRepudiationChecks(config);
  const tokens = await (await authorized(it, config)).redeem();
  expect(await openid.fetchUserInfo(config, tokens.access_token, 'user-1')).toMatchObject({
    name: 'Alice',
    aud: 'web',
  });
  expect(await openid.tokenIntrospection(config, tokens.access_token)).toMatchObject({ active: true, sub: 'user-1' });
  const api = new Request('https://api.example', { headers: { authorization: `Bearer ${tokens.access_token}` } });
  const options = { ...insecure, signingAlgorithms: [alg] };
  const claims = await oauth.validateJwtAccessToken(await found(it.issuer), api, 'https://api.example', options);
  expect(claims).toMatchObject({ sub: 'user-1', client_id: 'web' });
});

test.each(['HS256', 'HS384', 'HS512'])('openid-client takes an ID token with %s', async (alg) => {
  await using it = await served({ clients: [{ ...web, secret, idTokenSignedResponseAlg: alg }] });
  const more = { client_secret: secret, id_token_signed_response_alg: alg };
  const config = await discover(it.issuer, 'web', more, openid.ClientSecretBasic(secret));
  const { redeem } = await authorized(it, config);
  expect((await redeem()).claims()).toMatchObject({ sub: 'user-1' });
});

const encryptions = ['A128CBC-HS256', 'A192CBC-HS384', 'A256CBC-HS512', 'A128GCM', 'A192GCM', 'A256GCM'];

test.each([
  ...['RSA-OAEP', 'RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512'],
  ...['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW'],
])('openid-client decrypts what is encrypted with %s', async (alg) => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), alg, use: 'enc', kid: 'e-1' }] };
  const clients = encryptions.map((enc) => ({
    ...web,
    id: enc,
    jwks,
    idTokenEncryptedResponseAlg: alg,
    idTokenEncryptedResponseEnc: enc,
    userinfoSignedResponseAlg: 'RS256',
    userinfoEncryptedResponseAlg: alg,
    userinfoEncryptedResponseEnc: enc,
    introspectionEncryptedResponseAlg: alg,
    introspectionEncryptedResponseEnc: enc,
  }));
  await using it = await served({ clients: clients as [(typeof clients)[number]] });
  for (const enc of encryptions) {
    const signed = { userinfo_signed_response_alg: 'RS256', introspection_signed_response_alg: 'RS256' };
    const config = await discover(it.issuer, enc, signed);
    openid.enableNonRepudiationChecks(config);
    openid.enableDecryptingResponses(config, [enc], { key: privateKey as openid.CryptoKey, alg, kid: 'e-1' });
    const { redeem } = await authorized(it, config);
    const tokens = await redeem();
    expect(tokens.id_token?.split('.')).toHaveLength(5);
    expect(tokens.claims()).toMatchObject({ sub: 'user-1', aud: enc });
    expect(await openid.fetchUserInfo(config, tokens.access_token, 'user-1')).toMatchObject({ name: 'Alice' });
    expect(await openid.tokenIntrospection(config, tokens.access_token)).toMatchObject({ active: true });
  }
});

test('an opaque access token is as good as any', async () => {
  await using it = await served({ clients: [{ ...web, accessTokenFormat: 'opaque' }] });
  const config = await discover(it.issuer, 'web');
  const tokens = await (await authorized(it, config)).redeem();
  expect(tokens.access_token).not.toContain('.');
  expect(await openid.fetchUserInfo(config, tokens.access_token, 'user-1')).toMatchObject({ name: 'Alice' });
  expect(await openid.tokenIntrospection(config, tokens.access_token)).toMatchObject({ active: true, sub: 'user-1' });
});
