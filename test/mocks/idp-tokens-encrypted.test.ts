import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  compactDecrypt,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  type JWK,
  jwtVerify,
} from 'jose';
import { expect, test } from 'vitest';
import { contentEncryptions, encryptionAlgorithms } from '../../mocks/idp/tokens/encryption.ts';
import { get, paths, read, start, text, type World } from './idp-fixtures.ts';
import { codeFor, flowWorld, redeeming, tokenRequest, tokensFor, web } from './idp-flow-fixtures.ts';

const currentDate = new Date(start);

async function pair(alg: string, more: object = {}) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), use: 'enc', ...more };
  return { privateKey, jwk: { ...jwk, kid: await calculateJwkThumbprint(jwk) } };
}

const rsa = await pair('RSA-OAEP-256');
const ec = await pair('ECDH-ES');
const jwks = (...keys: readonly JWK[]): JSONWebKeySet => ({ keys: [...keys] });

/** OIDC Core §10.2, written down once more. */
const fromSecret = (hash: string, bytes: number) => createHash(hash).update(web.secret).digest().subarray(0, bytes);

const bytesOf = (alg: string, enc: string) =>
  ({ A128GCM: 16, A192GCM: 24, A256GCM: 32, 'A128CBC-HS256': 32, 'A192CBC-HS384': 48, 'A256CBC-HS512': 64 })[enc] ??
  Number(/\d+/.exec(alg)?.[0]) / 8;

function keyOf(alg: string, enc: string): CryptoKey | Uint8Array {
  if (alg.startsWith('RSA')) return rsa.privateKey;
  if (alg.startsWith('ECDH')) return ec.privateKey;
  const bytes = alg === 'dir' ? bytesOf(alg, enc) : Number(/\d+/.exec(alg)?.[0]) / 8;
  return fromSecret(bytes <= 32 ? 'sha256' : `sha${bytes * 8}`, bytes);
}

const issuerKeys = async ({ idp }: World) =>
  createLocalJWKSet(read(await idp.handle(get(paths.jwks))) as unknown as JSONWebKeySet);

test('an ID token is signed, then encrypted with every algorithm (OIDC Core §3.1.3.7, §10.2)', async () => {
  const choice = fc.tuple(fc.constantFrom(...encryptionAlgorithms), fc.constantFrom(...contentEncryptions));
  await fc.assert(
    fc.asyncProperty(choice, async ([alg, enc]) => {
      const wants = { idTokenEncryptedResponseAlg: alg, idTokenEncryptedResponseEnc: enc };
      // RSA keys of jose are for one hash only; a JWK without alg is for all.
      const it = await flowWorld({ clients: [{ ...web, ...wants, jwks: jwks(rsa.jwk, ec.jwk) }] });
      const { id_token } = await tokensFor(it);
      const key = alg.startsWith('RSA') ? { ...(await exportJWK(rsa.privateKey)), alg } : keyOf(alg, enc);
      const { plaintext, protectedHeader } = await compactDecrypt(String(id_token), key as JWK);
      expect(protectedHeader).toMatchObject({ alg, enc, cty: 'JWT' });
      const kid = alg.startsWith('RSA') ? rsa.jwk.kid : alg.startsWith('ECDH') ? ec.jwk.kid : undefined;
      expect(protectedHeader.kid).toBe(kid);
      const signed = Buffer.from(plaintext).toString();
      const { payload } = await jwtVerify(signed, await issuerKeys(it), { audience: web.id, currentDate });
      expect(payload).toMatchObject({ sub: 'user-1', nonce: 'n-1' });
    }),
    { numRuns: 60 },
  );
});

test('the usual encryption is A128CBC-HS256, to the key that is for encryption', async () => {
  const [signing, other] = [await pair('RSA-OAEP-256', { use: 'sig' }), await pair('ECDH-ES')];
  const { use: _, ...silent } = (await pair('RSA-OAEP-256')).jwk;
  const keys = jwks(signing.jwk, other.jwk, silent, rsa.jwk);
  const it = await flowWorld({ clients: [{ ...web, idTokenEncryptedResponseAlg: 'RSA-OAEP-256', jwks: keys }] });
  const { protectedHeader } = await compactDecrypt(String((await tokensFor(it)).id_token), rsa.privateKey);
  expect(protectedHeader).toEqual({ alg: 'RSA-OAEP-256', enc: 'A128CBC-HS256', cty: 'JWT', kid: rsa.jwk.kid });
});

test('a key that says nothing of its use will do, and one for signatures will not', async () => {
  const { use: _, ...silent } = rsa.jwk;
  const signing = await pair('RSA-OAEP-256', { use: 'sig' });
  const client = { ...web, idTokenEncryptedResponseAlg: 'RSA-OAEP-256', jwks: jwks(signing.jwk, silent) };
  const { id_token } = await tokensFor(await flowWorld({ clients: [client] }));
  await expect(compactDecrypt(String(id_token), rsa.privateKey)).resolves.toBeDefined();
});

test.each([
  ['no keys', undefined],
  ['no key of that kind', jwks(ec.jwk)],
  ['a key for signatures only', jwks({ ...rsa.jwk, use: 'sig' })],
  ['a key for another algorithm', jwks({ ...rsa.jwk, alg: 'RSA-OAEP' })],
  ['a broken key', jwks({ kty: 'RSA', use: 'enc', n: 'x', e: 'AQAB' })],
])('a client with %s is refused its tokens', async (_, keys) => {
  const client = { ...web, idTokenEncryptedResponseAlg: 'RSA-OAEP-256', ...(keys && { jwks: keys }) };
  const it = await flowWorld({ clients: [client] });
  const answer = await it.idp.handle(tokenRequest(redeeming(await codeFor(it))));
  expect([answer.status, read(answer).error]).toEqual([400, 'invalid_request']);
});

test.each([
  ['encrypted', {}, undefined],
  ['signed and encrypted', { userinfoSignedResponseAlg: 'ES256' }, 'JWT'],
])('UserInfo can be %s (OIDC Core §5.3.2)', async (_, more, cty) => {
  const wants = { userinfoEncryptedResponseAlg: 'ECDH-ES', userinfoEncryptedResponseEnc: 'A256GCM', ...more };
  const it = await flowWorld({ clients: [{ ...web, ...wants, jwks: jwks(ec.jwk) }] });
  const { access_token } = await tokensFor(it);
  const headers = [['Authorization', `Bearer ${access_token}`]] as const;
  const answer = await it.idp.handle({ ...get('/tenant/userinfo'), headers });
  const { plaintext, protectedHeader } = await compactDecrypt(text(answer), ec.privateKey);
  expect(protectedHeader.cty).toBe(cty);
  const inside = Buffer.from(plaintext).toString();
  const claims = cty
    ? (await jwtVerify(inside, await issuerKeys(it), { issuer: it.idp.issuer, audience: web.id })).payload
    : JSON.parse(inside);
  expect(claims).toMatchObject({ sub: 'user-1', email: 'alice@example.com' });
});
