import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { seeded } from '../../harness/random.ts';
import { attackerHandler } from '../../mocks/forge/attacker.ts';
import { forge } from '../../mocks/forge/forge.ts';
import { signingKey } from '../../mocks/forge/keys.ts';
import { serialise } from '../../mocks/forge/serialise.ts';
import { attackerUrl, audience, correct, issuer, keys, now } from './forge-fixtures.ts';

const material = await keys();
const set = (...published: readonly { readonly publicJwk: object }[]) =>
  createLocalJWKSet({ keys: published.map(({ publicJwk }) => publicJwk) } as JSONWebKeySet);

test('a correct token verifies as RFC 9068 wants it', async () => {
  const { protectedHeader, payload } = await jwtVerify(await forge(correct(material)), set(material.ec, material.rsa), {
    issuer,
    audience,
    typ: 'at+jwt',
    algorithms: ['RS256'],
    currentDate: new Date(now * 1000),
    requiredClaims: ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti', 'scope'],
  });
  expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: 'the-rsa-key' });
  expect(payload).toMatchObject({ exp: now + 3600, iat: now, sub: 'alice', client_id: 'caller', scope: 'items:read' });
});

test('two tokens differ in jti alone, and the same seed gives the same token', async () => {
  const jti = (seed: number) => (correct(material, seed).payload as { jti: string }).jti;
  expect(jti(1)).not.toBe(jti(2));
  expect(await forge(correct(material, 1))).toBe(await forge(correct(material, 1)));
});

test.each(['RS256', 'RS512', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA'])(
  '%s: jose and the hand-made serialisation both verify',
  async (alg) => {
    const key = await signingKey(alg, 'kid', 0);
    const draft = { ...correct(material), header: { alg, kid: 'kid' }, signer: { by: 'key', key } as const };
    for (const token of [await forge(draft), await serialise(draft)])
      await expect(jwtVerify(token, set(key), { currentDate: new Date(now * 1000) })).resolves.toBeDefined();
  },
);

test('an unknown algorithm is refused with what to do', async () => {
  await expect(signingKey('XX', 'kid', 0)).rejects.toMatchObject({ name: 'FailwellError', code: 'usage' });
  const key = { ...material.rsa, alg: 'XX' };
  const draft = { ...correct(material), signer: { by: 'key', key } as const };
  await expect(forge(draft)).rejects.toMatchObject({ name: 'FailwellError', code: 'usage' });
});

test('key material is made once a slot; slots and the foreign key share none', async () => {
  const [one, again, other] = [
    await signingKey('RS256', 'a', 0),
    await signingKey('RS256', 'b', 0),
    await signingKey('RS256', 'a', 1),
  ];
  expect(again).toMatchObject({ kid: 'b', publicJwk: { kid: 'b', n: one.publicJwk.n } });
  expect(new Set([one, other, material.foreign].map(({ publicJwk }) => publicJwk.n)).size).toBe(3);
});

test('public JWKs hold no private member', () => {
  for (const { publicJwk } of Object.values(material))
    for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(publicJwk).not.toHaveProperty(name);
});

test("the attacker's host serves the foreign key, its certificate and a discovery document", async () => {
  const handle = attackerHandler(material.foreign);
  const get = async (path: string) => {
    const { status, body } = await handle({
      method: 'GET',
      path,
      headers: [['Host', '127.0.0.1:9443']],
      body: new Uint8Array(),
    });
    expect(status).toBe(200);
    return Buffer.from(body).toString();
  };
  expect(JSON.parse(await get('/jwks'))).toEqual({ keys: [material.foreign.publicJwk] });
  expect(await get('/chain.pem')).toMatch(/^-----BEGIN CERTIFICATE-----\n(.{1,64}\n)+-----END CERTIFICATE-----\n$/);
  expect(JSON.parse(await get('/.well-known/openid-configuration'))).toEqual({
    issuer: new URL(attackerUrl).origin,
    jwks_uri: attackerUrl,
  });
});

test('randomness decides the jti', () => {
  expect(seeded(1, 'draft').hex(16)).toBe((correct(material, 1).payload as { jti: string }).jti);
});
