import { createHash } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { clientAlgorithms, keyAlgorithms } from '../../mocks/idp/tokens/signing.ts';
import { gateway, get, paths, post, read, start, type World, world } from './idp-fixtures.ts';
import { codeFor, flowWorld, redeeming, tokenRequest, tokensFor, web } from './idp-flow-fixtures.ts';

const currentDate = new Date(start);
const grant = { grant_type: 'client_credentials' };

const jwks = async ({ idp }: World) =>
  createLocalJWKSet(read(await idp.handle(get(paths.jwks))) as unknown as JSONWebKeySet);

test.each(keyAlgorithms)('an access token with %s is all that RFC 9068 §2 demands', async (alg) => {
  for (const options of [
    { signingAlgs: [alg] as const },
    { clients: [{ ...gateway, accessTokenSigningAlg: alg }] as const },
  ]) {
    const it = await world(options);
    const { access_token } = read(await it.idp.handle(post(paths.token, grant)));
    const { protectedHeader, payload } = await jwtVerify(String(access_token), await jwks(it), {
      issuer: it.idp.issuer,
      audience: 'https://api.example',
      typ: 'at+jwt',
      algorithms: [alg],
      currentDate,
      requiredClaims: ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'],
    });
    expect(protectedHeader).toEqual({ alg, typ: 'at+jwt', kid: expect.any(String) });
    // §2.2: the subject of a client in its own name is nobody else's; §5: it cannot be taken for a user.
    expect([payload.client_id, payload.sub]).toEqual(['gateway', 'subject-gateway']);
  }
});

test('an access token of a user says how he logged in (RFC 9068 §2.2.1)', async () => {
  const it = await flowWorld();
  const { access_token } = await tokensFor(it);
  const { payload } = await jwtVerify(access_token, await jwks(it), { currentDate });
  expect(payload).toMatchObject({ sub: 'user-1', auth_time: start / 1000, acr: '1', amr: ['pwd'] });
});

test.each(clientAlgorithms)('an ID token with %s holds by OIDC Core §3.1.3.7', async (alg) => {
  const client = { ...web, idTokenSignedResponseAlg: alg };
  const it = await flowWorld({ clients: [client] });
  const { access_token, id_token } = await tokensFor(it, { max_age: '60' });
  const options = { issuer: it.idp.issuer, audience: web.id, algorithms: [alg], currentDate, maxTokenAge: 60 };
  const required = { ...options, requiredClaims: ['sub', 'exp', 'iat', 'auth_time', 'nonce', 'at_hash'] };
  const { payload } = alg.startsWith('HS')
    ? await jwtVerify(String(id_token), Buffer.from(web.secret), required)
    : await jwtVerify(String(id_token), await jwks(it), required);
  const digest = createHash(`sha${alg.startsWith('Ed') ? 512 : alg.slice(2)}`)
    .update(access_token)
    .digest();
  expect(payload.at_hash).toBe(digest.subarray(0, digest.length / 2).toString('base64url'));
  // One audience, so nobody need be named as the authorized party.
  expect([payload.aud, payload.azp, payload.auth_time]).toEqual([web.id, undefined, start / 1000]);
});

test('without an RS256 key, the first algorithm signs ID tokens', async () => {
  const it = await flowWorld({ signingAlgs: ['ES384', 'ES256'] });
  expect(decodeProtectedHeader(String((await tokensFor(it)).id_token)).alg).toBe('ES384');
});

test('keys are made when the first client needs them, and published from then on', async () => {
  const it = await flowWorld();
  const published = () => it.idp.published.map(({ alg }) => alg);
  expect(published()).toEqual(['RS256', 'ES256']);
  it.idp.clients.add({ ...web, id: 'late', idTokenSignedResponseAlg: 'ES384' });
  const late = { client_id: 'late' };
  const code = await codeFor(it, late);
  await expect.poll(published).toEqual(['RS256', 'ES256', 'ES384']);
  const tokens = read(await it.idp.handle(tokenRequest(redeeming(code), { id: 'late', secret: web.secret })));
  expect(decodeProtectedHeader(String(tokens.id_token)).alg).toBe('ES384');
  await expect(jwtVerify(String(tokens.id_token), await jwks(it), { currentDate })).resolves.toBeDefined();
  expect(published()).toEqual(['RS256', 'ES256', 'ES384']);
  expect(() => it.idp.clients.add({ ...web, idTokenSignedResponseAlg: 'XX' })).toThrow(/XX/);
});

test.each([
  ['idTokenSignedResponseAlg', 'XX'],
  ['userinfoSignedResponseAlg', 'none'],
  ['introspectionSignedResponseAlg', 'ES257'],
  ['accessTokenSigningAlg', 'HS256'],
])('a client with %s %s is refused at once', async (member, alg) => {
  await expect(world({ clients: [{ ...gateway, [member]: alg }] })).rejects.toMatchObject({ code: 'config' });
});

test('HS256 needs a secret', async () => {
  const client = { id: 'public', public: true, idTokenSignedResponseAlg: 'HS256' } as const;
  await expect(world({ clients: [client] })).rejects.toMatchObject({ code: 'config' });
});

test('the metadata names what can be signed and encrypted', async () => {
  const { idp } = await world();
  const metadata = read(await idp.handle(get('/tenant/.well-known/openid-configuration')));
  expect(metadata).toMatchObject({
    id_token_signing_alg_values_supported: clientAlgorithms,
    userinfo_signing_alg_values_supported: clientAlgorithms,
    introspection_signing_alg_values_supported: clientAlgorithms,
    id_token_encryption_alg_values_supported: expect.arrayContaining(['RSA-OAEP-256', 'ECDH-ES', 'dir']),
    id_token_encryption_enc_values_supported: expect.arrayContaining(['A128CBC-HS256', 'A256GCM']),
  });
});
