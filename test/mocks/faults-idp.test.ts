import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import type { AnyFault, PlacedFault } from '../../harness/model/fault.ts';
import type { HttpRequest } from '../../harness/model/http.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import { seeded } from '../../harness/random.ts';
import { idpFaults } from '../../mocks/faults/idp/all.ts';
import * as faults from '../../mocks/faults/idp/index.ts';
import { htuWithQuery } from '../../mocks/faults/proof/index.ts';
import { get, paths, post, read, start, type World, world } from './idp-fixtures.ts';

const always = (fault: AnyFault): PlacedFault => ({ fault, on: 'idp', schedule: { when: 'always' } });
const random = () => seeded(5, 'fault');
const discovery = get('/tenant/.well-known/openid-configuration');
const jwks = get(paths.jwks);
const tokenRequest = post(paths.token, { grant_type: 'client_credentials' });

async function seen(it: World, request: HttpRequest, fault: AnyFault) {
  const clear = it.idp.place(always(fault), random());
  const answer = await it.idp.handle(request);
  clear();
  return answer;
}

test('ids are unique', () => {
  const ids = idpFaults.map(({ id }) => id.toLowerCase());
  expect(new Set(ids).size).toBe(ids.length);
});

/** Whether jose, a careful verifier, still verifies a good token. */
async function verifies(fault: AnyFault): Promise<boolean> {
  const it = await world();
  const set = read(await seen(it, jwks, fault)) as unknown as JSONWebKeySet;
  const good = await it.idp.mint({ format: 'jwt', flaws: [] });
  return jwtVerify(good, createLocalJWKSet(set), { currentDate: new Date(start) }).then(
    () => true,
    () => false,
  );
}

const tolerable = [
  'alg-missing',
  'unknown-kty',
  'unknown-members',
  'many-keys-200',
  'private-key-published',
  'signing-key-only',
  'use-mixed',
  'short-key',
];

test.each(idpFaults.filter(({ seam }) => seam === 'jwks').map((fault) => [fault.id, fault] as const))(
  '%s: good tokens verify only where they must',
  async (id, fault) => expect(await verifies(fault)).toBe(tolerable.some((variant) => id === `jwks/${variant}`)),
);

test('the duplicate stands before the right key and is another', async () => {
  const it = await world();
  const { keys } = read(await seen(it, jwks, faults.jwksDuplicateKid())) as unknown as { keys: JsonObject[] };
  expect(keys.map(({ kid }) => kid)).toEqual([it.idp.published[0], ...it.idp.published].map((key) => key?.kid));
  expect(keys[0]?.n).not.toBe(keys[1]?.n);
  expect(keys[1]).toEqual(it.idp.published[0]?.publicJwk);
});

test.each([
  [faults.clockFast({ by: '30s' }), 30],
  [faults.clockSlow({ by: '1h' }), -3600],
] as const)('$id skews what is issued and what has expired', async (fault, seconds) => {
  const it = await world();
  const issuedAt = (one: unknown) =>
    JSON.parse(Buffer.from(String(one).split('.')[1] as string, 'base64url').toString()).iat;
  const early = await it.idp.mint({ format: 'opaque', flaws: [] });
  const clear = it.idp.place(always(fault), random());
  expect(issuedAt(await it.idp.mint({ format: 'jwt', flaws: [] }))).toBe(start / 1000 + seconds);
  const answer = await it.idp.handle(tokenRequest);
  expect([issuedAt(read(answer).access_token), answer.faults]).toEqual([start / 1000 + seconds, [fault.id]]);
  expect((await it.idp.handle(jwks)).faults).toEqual([]);
  it.clock.skew(3_590_000);
  const known = await it.idp.handle(post(paths.introspection, { token: early }));
  expect([read(known).active, known.faults]).toEqual([seconds < 0, [fault.id]]);
  clear();
  expect(issuedAt(await it.idp.mint({ format: 'jwt', flaws: [] }))).toBe(start / 1000 + 3590);
});

test('`first` counts the answers that it changed, and `at` keeps it to one endpoint', async () => {
  const { idp } = await world();
  idp.place({ fault: faults.jwksEmpty(), on: 'idp', schedule: { when: 'first', count: 2 } }, random());
  idp.place({ ...always(faults.clockFast()), at: 'introspection' }, random());
  await idp.handle(tokenRequest);
  const met = [];
  for (let times = 0; times < 3; times++) met.push((await idp.handle(jwks)).faults);
  expect(met).toEqual([['jwks/empty'], ['jwks/empty'], []]);
  expect((await idp.handle(tokenRequest)).faults).toEqual([]);
});

test('a fault that changes nothing in this answer is not met', async () => {
  const { idp } = await world();
  idp.place(always(faults.introspectionAudienceOther()), random());
  expect((await idp.handle(post(paths.introspection, { token: 'unknown' }))).faults).toEqual([]);
});

test('several faults on a seam act in the order of their placing', async () => {
  const { idp } = await world();
  idp.place(always(faults.metadataIssuerTrailingSlash()), random());
  idp.place(always(faults.metadataIssuerCase()), random());
  const answer = await idp.handle(discovery);
  expect([read(answer).issuer, answer.faults]).toEqual([
    'HTTPS://127.0.0.1:8443/TENANT/',
    ['metadata/issuer-trailing-slash', 'metadata/issuer-case'],
  ]);
});

test("two IdPs never see each other's faults, keys' names, tokens or revocations", async () => {
  const [one, other] = [await world(), await world({ random: seeded(2, 'other') })];
  for (const fault of [faults.jwksEmpty(), faults.metadataIssuerOther(), faults.tokenServerError(), faults.clockSlow()])
    one.idp.place(always(fault), random());
  for (const request of [jwks, discovery, tokenRequest]) {
    expect((await one.idp.handle(request)).faults).not.toEqual([]);
    expect(await other.idp.handle(request)).toMatchObject({ status: 200, faults: [] });
  }
  expect(one.idp.published[0]?.kid).not.toBe(other.idp.published[0]?.kid);
});

test('a fault on a seam that the IdP lacks is refused with what to do', async () => {
  const { idp } = await world();
  for (const placed of [always(htuWithQuery()), { ...always(faults.jwksEmpty()), on: 'gateway→idp' as const }])
    expect(() => idp.place(placed, random())).toThrow(
      expect.objectContaining({ name: 'FailwellError', code: 'usage' }),
    );
});

test('a fault that is taken away leaves nothing behind', async () => {
  const it = await world();
  const before = await it.idp.handle(jwks);
  expect((await seen(it, jwks, faults.jwksEmpty())).faults).toEqual(['jwks/empty']);
  expect(await it.idp.handle(jwks)).toEqual(before);
});
