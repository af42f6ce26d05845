import { decodeJwt, decodeProtectedHeader } from 'jose';
import { expect, test } from 'vitest';
import type { AnyFault, Binding, PlacedFault, Schedule } from '../../harness/model/fault.ts';
import { seeded } from '../../harness/random.ts';
import * as faults from '../../mocks/faults/idp/index.ts';
import * as token from '../../mocks/faults/token/index.ts';
import { basic, fetchToken, gateway, get, introspect, paths, post, read, stranger, world } from './idp-fixtures.ts';

const random = () => seeded(5, 'fault');
const placed = (fault: AnyFault, schedule: Schedule = { when: 'always' }, only?: Binding): PlacedFault => ({
  fault,
  on: 'idp',
  schedule,
  ...(only && { only }),
});
const grant = post(paths.token, { grant_type: 'client_credentials' });

/** An IdP whose schedules run by a watch that the test sets; milliseconds. */
async function watched() {
  let time = 0;
  const it = await world({ elapsed: () => time });
  return {
    ...it,
    wait(milliseconds: number) {
      time += milliseconds;
    },
    status: async () => (await it.idp.handle(grant)).status,
  };
}

test('a fault acts by its schedule until it is cleared', async () => {
  const it = await watched();
  const statuses = async (count: number) => {
    const seen = [];
    for (let at = 0; at < count; at += 1) seen.push(await it.status());
    return seen;
  };
  const clear = it.idp.place(placed(faults.tokenServerError(), { when: 'every', nth: 3 }), random());
  expect(await statuses(6)).toEqual([200, 200, 500, 200, 200, 500]);
  clear();
  expect(await statuses(3)).toEqual([200, 200, 200]);
  it.idp.place(placed(faults.tokenServerError(), { when: 'between', from: '10s', to: '20s' }), random());
  expect(await it.status()).toBe(200);
  it.wait(10_000);
  expect(await it.status()).toBe(500);
  it.wait(10_000);
  expect(await it.status()).toBe(200);
});

test('a fault that is bound to a client leaves other clients alone', async () => {
  const { idp } = await world();
  idp.place(placed(token.audienceOther(), { when: 'always' }, { client: stranger.id }), random());
  const audience = async (who: typeof gateway) =>
    decodeJwt(
      String(
        read(await idp.handle(post(paths.token, { grant_type: 'client_credentials' }, { authorization: basic(who) })))
          .access_token,
      ),
    ).aud;
  expect(await audience(gateway)).toBe('https://api.example');
  expect(await audience(stranger)).toBe('https://other-api.example');
});

test('a fault that is bound to a token leaves other tokens alone', async () => {
  const it = await world();
  const [one, other] = [await fetchToken(it), await fetchToken(it)];
  it.idp.place(placed(faults.introspectionInactive(), { when: 'always' }, { token: one }), random());
  expect((await introspect(it, one)).active).toBe(false);
  expect((await introspect(it, other)).active).toBe(true);
});

test('a fault that is bound to a request meets that one, counted at its endpoint since it was placed', async () => {
  const { idp } = await world();
  await idp.handle(grant);
  idp.place(placed(faults.tokenServerError(), { when: 'always' }, { request: 2 }), random());
  const statuses = [];
  for (const request of [grant, get(paths.jwks), grant, grant]) statuses.push((await idp.handle(request)).status);
  expect(statuses).toEqual([200, 200, 500, 200]);
});

test('only requests are counted, not what is done without one', async () => {
  const { idp } = await world({ users: [{ sub: 'u', username: 'u', password: 'p', claims: {} }] });
  const done = async () => {
    // What is bound to a request is not met by what is none.
    const { iat } = decodeJwt(await idp.mint({ format: 'jwt', flaws: [] }));
    expect(iat).toBeLessThan(Date.now() / 1000 + 60);
    await idp.mintIdToken({ client: gateway.id, flaws: [] });
    idp.logIn('u');
    await idp.logOut('u');
    expect(idp.pending()).toEqual([]);
    await expect(idp.approve('none')).rejects.toThrow('Nothing waits');
  };
  const second = { request: 2 };
  idp.place(placed(faults.tokenServerError(), { when: 'always' }, second), random());
  idp.place(placed(faults.clockFast({ by: '5m' }), { when: 'always' }, { request: 1 }), random());
  await done();
  expect((await idp.handle(grant)).status).toBe(200);
  await done();
  expect((await idp.handle(grant)).status).toBe(500);
});

const signedBy = async ({ idp }: Awaited<ReturnType<typeof watched>>) => {
  const { kid } = decodeProtectedHeader(String(read(await idp.handle(grant)).access_token));
  const { keys } = read(await idp.handle(get(paths.jwks))) as unknown as { readonly keys: readonly { kid: string }[] };
  return { kid, published: keys.map((key) => key.kid) };
};

test('a timeline rotates the keys, drops the old one, skews the clock and ends', async () => {
  const it = await watched();
  const first = await signedBy(it);
  const skew = faults.clockFast({ by: '5m' });
  const end = it.idp.play(
    [
      { at: '5s', do: 'place', placed: placed(skew) },
      { at: '1s', do: 'rotate-keys' },
      { at: '3s', do: 'drop-old-keys' },
      { at: '7s', do: 'clear', fault: skew.id },
      { at: '8s', do: 'place', placed: placed(faults.tokenServerError()) },
      { at: '9s', do: 'rotate-keys' },
    ],
    random(),
  );
  it.wait(999);
  expect(await signedBy(it)).toEqual(first);
  it.wait(1);
  const second = await signedBy(it);
  expect(second.kid).not.toBe(first.kid);
  expect(second.published).toContain(first.kid);
  it.wait(2000);
  expect((await signedBy(it)).published).not.toContain(first.kid);
  const issued = async () => decodeJwt(String(read(await it.idp.handle(grant)).access_token)).iat as number;
  const before = await issued();
  it.wait(2000);
  expect((await issued()) - before).toBe(300);
  it.wait(2000);
  expect(await issued()).toBe(before);
  it.wait(1000);
  expect(await it.status()).toBe(500);
  end();
  expect(await it.status()).toBe(200);
  it.wait(60_000);
  expect((await signedBy(it)).kid).toBe(second.kid);
});

test('a timeline with a fault that the IdP cannot hold is refused at once', async () => {
  const { idp } = await world();
  const misplaced = { ...placed(faults.jwksEmpty()), on: 'gateway→idp' as const };
  expect(() => idp.play([{ at: '1h', do: 'place', placed: misplaced }], random())).toThrow(
    expect.objectContaining({ code: 'usage' }),
  );
});
