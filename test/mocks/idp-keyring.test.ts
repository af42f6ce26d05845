import { decodeProtectedHeader } from 'jose';
import { expect, test } from 'vitest';
import { seeded } from '../../harness/random.ts';
import { createKeyring } from '../../mocks/idp/tokens/keyring.ts';
import { fetchToken, get, paths, read, world } from './idp-fixtures.ts';

const keyring = () => createKeyring(seeded(1, 'keyring'), 30, ['RS256', 'ES256']);
const algs = ({ published }: Awaited<ReturnType<typeof keyring>>) => published.map(({ alg }) => alg);

test('a further key is published and does not sign; withdrawn, it is gone', async () => {
  const ring = await keyring();
  const [first] = ring.published;
  const added = await ring.add('RS256');
  expect(algs(ring)).toEqual(['RS256', 'ES256', 'RS256']);
  expect(await ring.keyFor('RS256')).toBe(first);
  ring.withdraw(first.kid);
  expect(await ring.keyFor('RS256')).toBe(added);
  expect(algs(ring)).toEqual(['ES256', 'RS256']);
  for (const { kid } of ring.published.slice(1)) ring.withdraw(kid);
  expect(() => ring.withdraw(ring.published[0].kid)).toThrow(expect.objectContaining({ code: 'usage' }));
});

test('whoever runs the IdP adds, rotates and withdraws keys', async () => {
  const it = await world();
  const kids = async () => (read(await it.idp.handle(get(paths.jwks))).keys as { kid: string }[]).map(({ kid }) => kid);
  const [rsa, ec] = await kids();
  const { kid } = await it.idp.addKey('EdDSA');
  expect(await kids()).toEqual([rsa, ec, kid]);
  await it.idp.rotateKeys({ withdraw: true, alg: 'ES256' });
  const [, fresh] = await kids();
  it.idp.withdrawKey(String(rsa));
  expect(await kids()).toEqual([fresh, kid]);
  expect(decodeProtectedHeader(await fetchToken(it))).toMatchObject({ alg: 'ES256', kid: fresh });
});

test('each algorithm rotates on its own; the old key stays until it is dropped', async () => {
  const ring = await keyring();
  const [rsa, ec] = ring.published;
  await ring.rotate({ withdraw: false, alg: 'ES256' });
  const fresh = await ring.keyFor('ES256');
  expect(ring.published).toEqual([rsa, fresh, ec]);
  expect(fresh.publicJwk.x).not.toBe(ec?.publicJwk.x);
  ring.dropOld();
  expect(ring.published).toEqual([rsa, fresh]);
  await ring.rotate({ withdraw: true });
  expect(ring.published).toEqual([expect.objectContaining({ alg: 'RS256' }), fresh]);
  expect(ring.published[0].kid).not.toBe(rsa.kid);
  await ring.rotate({ withdraw: false, alg: 'PS256' });
  expect(algs(ring)).toEqual(['RS256', 'ES256', 'PS256']);
});

test('a key that many want at once is made once', async () => {
  const ring = await keyring();
  const keys = await Promise.all([ring.keyFor('ES512'), ring.keyFor('ES512'), ring.keyFor('ES512')]);
  expect(new Set(keys).size).toBe(1);
  expect(algs(ring)).toEqual(['RS256', 'ES256', 'ES512']);
});
