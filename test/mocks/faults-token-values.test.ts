import {
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  type JsonWebKey,
  privateDecrypt,
  X509Certificate,
} from 'node:crypto';
import { CompactSign, compactVerify, EmbeddedJWK, importJWK, importX509 } from 'jose';
import { expect, test } from 'vitest';
import type { Fault } from '../../harness/model/fault.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import { seeded } from '../../harness/random.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { forge } from '../../mocks/forge/forge.ts';
import { attackerUrl, audience, correct, decode, hmacOf, issuer, keys, now } from './forge-fixtures.ts';

const material = await keys();
const make = async (...flaws: readonly Fault<'access-token'>[]) =>
  forge(flaws.reduce((draft, flaw) => flaw.apply(draft, seeded(7, flaw.id)), correct(material)));
const claims = async (...flaws: readonly Fault<'access-token'>[]) => decode(await make(...flaws)).payload as JsonObject;
const header = async (...flaws: readonly Fault<'access-token'>[]) => decode(await make(...flaws)).header as JsonObject;

const stranger = 'https://other-api.example';
const evil = 'https://issuer.attacker.example';

test.each<[Fault<'access-token'>, JsonObject]>([
  [token.audienceOther(), { aud: stranger }],
  [token.audienceIsClient(), { aud: 'caller' }],
  [token.audienceArrayOther(), { aud: [stranger, 'https://third-api.example'] }],
  [token.audienceEmptyArray(), { aud: [] }],
  [token.audienceNestedArray(), { aud: [[audience]] }],
  [token.audienceExtended(), { aud: 'https://api.example.attacker.example' }],
  [token.audienceCut(), { aud: 'https://api.exampl' }],
  [token.audienceContaining(), { aud: 'https://attacker.example/?https://api.example' }],
  [token.audienceCase(), { aud: 'HTTPS://API.EXAMPLE' }],
  [token.audienceTrailingSlash(), { aud: 'https://api.example/' }],
  [token.audienceSpaceDelimited(), { aud: `https://api.example ${stranger}` }],
  [token.audienceWildcard(), { aud: '*' }],
  [token.audienceAmongOthers(), { aud: [stranger, audience] }],
  [token.audienceArrayOfOne(), { aud: [audience] }],
  [token.issuerOther(), { iss: evil }],
  [token.issuerTrailingSlash(), { iss: `${issuer}/` }],
  [token.issuerCase(), { iss: 'HTTPS://127.0.0.1:8443/TENANT' }],
  [token.issuerArray(), { iss: [issuer] }],
  [token.issuerExtended(), { iss: `${issuer}.attacker.example` }],
  [token.issuerSubpath(), { iss: `${issuer}/other` }],
  [token.issuerContaining(), { iss: `${evil}/?${issuer}` }],
  [token.issuerUserinfo(), { iss: `${issuer}@attacker.example` }],
  [token.issuerHttp(), { iss: 'http://127.0.0.1:8443/tenant' }],
  [token.issuerPadded(), { iss: ` ${issuer} ` }],
  [token.issuerOnlyInHeader(), { iss: evil }],
  [token.issuerAttacker(), { iss: 'https://127.0.0.1:9443' }],
  [token.expired({ by: '10m' }), { exp: now - 600, iat: now - 600 - 3600 }],
  [token.expired({ by: '1s' }), { exp: now - 1, iat: now - 1 - 3600 }],
  [token.expiryNumericString(), { exp: String(now + 3600) }],
  [token.expiryDateText(), { exp: '2023-11-14T23:13:20.000Z' }],
  [token.expiryNegative(), { exp: -(now + 3600) }],
  [token.expiryMilliseconds(), { exp: (now + 3600) * 1000 }],
  [token.expiryFraction(), { exp: now + 3600.5 }],
  [token.expiryOverflow(), { exp: Number.POSITIVE_INFINITY }],
  [token.longLived({ for: '1d' }), { exp: now + 86_400 }],
  [token.notYetValid({ by: '10m' }), { nbf: now + 600 }],
  [token.notBeforeNumericString(), { nbf: String(now - 60) }],
  [token.notBeforeDateText(), { nbf: '2023-11-14T22:23:20.000Z' }],
  [token.notBeforePast(), { nbf: now - 60 }],
  [token.issuedInFuture({ by: '30m' }), { iat: now + 1800 }],
  [token.issuedLongAgo({ by: '7d' }), { iat: now - 604_800 }],
  [token.issuedAtNumericString(), { iat: String(now) }],
  [token.tamperedPayload(), { sub: 'alice-tampered' }],
  [token.scopeOther(), { scope: 'other' }],
  [token.scopeExtended(), { scope: 'items:read-other' }],
  [token.scopeCut(), { scope: 'items:rea' }],
  [token.scopeContaining(), { scope: 'not-items:read' }],
  [token.scopeCase(), { scope: 'ITEMS:READ' }],
  [token.scopeCommaDelimited(), { scope: 'other,items:read' }],
  [token.scopeWildcard(), { scope: '*' }],
  [token.scopeArray(), { scope: ['items:read'] }],
  [token.scopeAsScp(), { scp: ['items:read'] }],
  [token.scopeAmongOthers(), { scope: 'other items:read more' }],
  [token.claimIs({ claim: 'sub', as: 'object' }), { sub: {} }],
  [token.claimUrl({ claim: 'jti' }), { jti: attackerUrl }],
  [token.idToken(), { aud: 'caller', azp: 'caller', auth_time: now }],
  [token.logoutToken(), { aud: 'caller', events: { 'http://schemas.openid.net/event/backchannel-logout': {} } }],
])('$id: claims', async (fault, expected) => expect(await claims(fault)).toMatchObject(expected));

const rsa = { alg: 'RS256', kid: 'the-rsa-key', typ: 'at+jwt' };
const unknown = 'https://failwell.example/unknown';

test.each<[Fault<'access-token'>, JsonObject]>([
  [token.algorithmNone({ casing: 'lower' }), { ...rsa, alg: 'none' }],
  [token.algorithmNone({ casing: 'capital' }), { ...rsa, alg: 'None' }],
  [token.algorithmNone({ casing: 'upper' }), { ...rsa, alg: 'NONE' }],
  [token.algorithmNone({ casing: 'mixed' }), { ...rsa, alg: 'nOnE' }],
  [token.algorithmNonePadded(), { ...rsa, alg: 'none ' }],
  [token.algorithmLowerCase(), { ...rsa, alg: 'rs256' }],
  [token.algorithmMismatch(), { ...rsa, alg: 'ES256' }],
  [token.algorithmUnknown(), { ...rsa, alg: 'XY256' }],
  [token.algorithmNull(), { ...rsa, alg: null }],
  [token.algorithmNumber(), { ...rsa, alg: 256 }],
  [token.algorithmArray(), { ...rsa, alg: ['RS256'] }],
  [token.algorithmPs256(), { ...rsa, alg: 'PS256' }],
  [token.algorithmOtherPublished(), { ...rsa, alg: 'ES256', kid: 'the-ec-key' }],
  [token.keyIdTraversal(), { ...rsa, alg: 'HS256', kid: '../../../../../../../../dev/null' }],
  [token.keyIdOtherKey(), { ...rsa, kid: 'the-ec-key' }],
  [token.keyIdBlank(), { ...rsa, kid: '' }],
  [token.keyIdNull(), { ...rsa, kid: null }],
  [token.keyIdUrl(), { ...rsa, kid: attackerUrl }],
  [token.keyIdPrototype(), { ...rsa, kid: '__proto__' }],
  [token.psychicSignature(), { ...rsa, alg: 'ES256', kid: 'the-ec-key' }],
  [token.critUnknown(), { ...rsa, crit: [unknown], [unknown]: true }],
  [token.critEmpty(), { ...rsa, crit: [] }],
  [token.critB64(), { ...rsa, crit: ['b64'], b64: false }],
  [token.embeddedJku(), { ...rsa, kid: 'the-foreign-key', jku: attackerUrl }],
  [token.embeddedJkuPublishedKid(), { ...rsa, jku: attackerUrl }],
  [token.embeddedJkuArrayAttackerFirst(), { ...rsa, kid: 'the-foreign-key', jku: [attackerUrl, issuer] }],
  [token.embeddedX5u(), { ...rsa, kid: 'the-foreign-key', x5u: 'https://127.0.0.1:9443/chain.pem' }],
  [token.typeFull(), { ...rsa, typ: 'application/at+jwt' }],
])('$id: header', async (fault, expected) => expect(await header(fault)).toEqual(expected));

test('the userinfo in jku hides the host that is really asked', async () => {
  const { jku } = await header(token.embeddedJkuUserinfo());
  expect(jku).toBe('https://127.0.0.1:8443@127.0.0.1:9443/jwks');
  expect(new URL(String(jku)).host).toBe(new URL(attackerUrl).host);
});

test('key confusion takes the public key in exactly the shape that it names', async () => {
  const { publicJwk } = material.rsa;
  const key = createPublicKey({ key: publicJwk as JsonWebKey, format: 'jwk' });
  const spki = String(key.export({ type: 'spki', format: 'pem' }));
  const pkcs1 = String(key.export({ type: 'pkcs1', format: 'pem' }));
  const shapes = [
    ['spki-pem', spki],
    ['spki-pem-trimmed', spki.trimEnd()],
    ['pkcs1-pem', pkcs1],
    ['pkcs1-pem-trimmed', pkcs1.trimEnd()],
    ['jwk', JSON.stringify(publicJwk)],
    ['modulus', Buffer.from(String(publicJwk.n), 'base64url')],
    ['modulus-text', String(publicJwk.n)],
    ['exponent', Buffer.from([1, 0, 1])],
    ['spki-der', Buffer.from(spki.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')],
    ['empty', ''],
  ] as const;
  for (const [shape, secret] of shapes) {
    const forged = decode(await make(token.keyConfusion({ shape })));
    expect(forged.parts[2], shape).toBe(hmacOf(forged, 'sha256', secret));
  }
  expect(spki).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  expect(pkcs1).toMatch(/^-----BEGIN RSA PUBLIC KEY-----\n/);
  const forged = decode(await make(token.keyConfusion({ bits: 512 })));
  expect(forged.header).toMatchObject({ alg: 'HS512' });
  expect(forged.parts[2]).toBe(hmacOf(forged, 'sha512', spki));
});

test('HMAC flaws are keyed as an attacker would', async () => {
  const traversal = decode(await make(token.keyIdTraversal()));
  expect(traversal.parts[2]).toBe(hmacOf(traversal, 'sha256', ''));
  const sql = decode(await make(token.keyIdSql()));
  expect(sql.parts[2]).toBe(hmacOf(sql, 'sha256', 'failwell'));
  const weak = decode(await make(token.weakSecret({ secret: 'password' })));
  expect(weak.parts[2]).toBe(hmacOf(weak, 'sha256', 'password'));
  const embedded = decode(await make(token.embeddedSecret()));
  const { jwk } = embedded.header as { jwk: { k: string } };
  expect(embedded.parts[2]).toBe(hmacOf(embedded, 'sha256', Buffer.from(jwk.k, 'base64url')));
});

test('an embedded jwk or x5c convinces whoever trusts it', async () => {
  await expect(compactVerify(await make(token.embeddedJwk()), EmbeddedJWK)).resolves.toBeDefined();
  const withChain = await make(token.embeddedX5c());
  const [der] = (decode(withChain).header as { x5c: string[] }).x5c;
  const certificate = new X509Certificate(Buffer.from(String(der), 'base64'));
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  await expect(compactVerify(withChain, await importX509(certificate.toString(), 'RS256'))).resolves.toBeDefined();
});

test("the good certificate of two holds the issuer's key, and the foreign key has signed it", async () => {
  const chain = async (fault: Fault<'access-token'>) =>
    ((await header(fault)).x5c as string[]).map((der) => new X509Certificate(Buffer.from(der, 'base64')));
  const [good, evil] = (await chain(token.embeddedX5cGoodFirst())) as [X509Certificate, X509Certificate];
  expect(good.publicKey.equals(createPublicKey({ key: material.rsa.publicJwk as JsonWebKey, format: 'jwk' }))).toBe(
    true,
  );
  expect([good.verify(evil.publicKey), evil.verify(evil.publicKey)]).toEqual([true, true]);
  expect((await chain(token.embeddedX5cGoodLast())).map(({ raw }) => raw)).toEqual([evil.raw, good.raw]);
});

test('the flaws of a signature are what they say', async () => {
  const right = (await make()).split('.')[2] as string;
  const bytesOf = async (fault: Fault<'access-token'>) =>
    Buffer.from((await make(fault)).split('.')[2] as string, 'base64url');
  const genuine = Buffer.from(right, 'base64url');
  expect(await bytesOf(token.signatureTruncated())).toEqual(genuine.subarray(0, 128));
  expect(await bytesOf(token.signatureNullByte())).toEqual(Buffer.concat([genuine, Buffer.from([0])]));
  expect(await bytesOf(token.signatureZeros())).toEqual(Buffer.alloc(256));
  expect(await bytesOf(token.psychicSignature())).toEqual(Buffer.alloc(64));
  expect((await bytesOf(token.psychicSignatureDer())).toString('hex')).toBe('3006020100020100');
  const flipped = await bytesOf(token.flippedBit());
  const bits = flipped.map((byte, at) => byte ^ (genuine[at] as number)).filter((byte) => byte !== 0);
  expect([...bits].map((byte) => Math.log2(byte) % 1)).toEqual([0]);
  expect(await make(token.signatureStripped())).toMatch(/^[^.]+\.[^.]+\.$/);
  expect(await make(token.signatureStrippedTwoParts())).toMatch(/^[^.]+\.[^.]+$/);
  expect((await make(token.padded())).endsWith('==')).toBe(true);
});

test('a claim that stands twice has its harmful value first', async () => {
  const text = Buffer.from((await make(token.duplicateClaim())).split('.')[1] as string, 'base64url').toString();
  expect([...text.matchAll(/"aud":"([^"]+)"/g)].map(([, value]) => value)).toEqual([stranger, audience]);
});

test('whoever only decrypts the JWE finds an unsigned token with the right claims', async () => {
  const [head, key, iv, ciphertext, tag] = (await make(token.encryptedUnsigned())).split('.') as string[];
  const privateKey = createPrivateKey({ key: material.rsa.privateJwk as JsonWebKey, format: 'jwk' });
  const secret = privateDecrypt({ key: privateKey, oaepHash: 'sha256' }, Buffer.from(key as string, 'base64url'));
  const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(iv as string, 'base64url'));
  decipher.setAAD(Buffer.from(head as string)).setAuthTag(Buffer.from(tag as string, 'base64url'));
  const inner = decipher.update(ciphertext as string, 'base64url', 'utf8') + decipher.final('utf8');
  expect(decode(inner)).toMatchObject({ header: { alg: 'none' }, payload: { iss: issuer, aud: audience } });
  expect(inner.endsWith('.')).toBe(true);
});

test('flaws compose in their order', async () => {
  const both = await make(token.expired({ by: '1h' }), token.algorithmNone(), token.signatureStrippedTwoParts());
  expect(decode(both)).toMatchObject({ parts: { length: 2 }, header: { alg: 'none' }, payload: { exp: now - 3600 } });
});

test('jose signs the same bytes that the forge serialises by hand', async () => {
  const draft = correct(material);
  const key = await importJWK(material.rsa.privateJwk, 'RS256');
  const jose = await new CompactSign(Buffer.from(JSON.stringify(draft.payload)))
    .setProtectedHeader({ ...draft.header, alg: 'RS256' })
    .sign(key);
  const byHand = await forge({
    ...draft,
    encodedHeader: Buffer.from(JSON.stringify(draft.header)).toString('base64url'),
  });
  expect(await forge(draft)).toBe(jose);
  expect(byHand).toBe(jose);
});
