import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { basic, field, get, post, read } from './idp-fixtures.ts';
import { asking, flowWorld, query, returned, tokenRequest, web } from './idp-flow-fixtures.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Megabytes that are held after so many times, beyond those held after half of them. */
async function growth(times: number, once: (at: number) => unknown): Promise<number> {
  const held = () => {
    collect();
    return process.memoryUsage().heapUsed / 1e6;
  };
  let early = 0;
  for (let at = 0; at < times; at += 1) {
    if (at === times / 2) early = held();
    const doing = once(at);
    if (doing instanceof Promise) await doing;
  }
  return held() - early;
}

test('of a flood of sessions it remembers the latest 10,000', async () => {
  const { idp } = await flowWorld();
  const first = idp.logIn('alice');
  expect(await growth(100_000, () => idp.logIn('alice'))).toBeLessThan(2);
  const knows = async (cookie: string) => 'code' in returned(await idp.handle(asking({ prompt: 'none' }, cookie)));
  expect([await knows(first), await knows(idp.logIn('alice'))]).toEqual([false, true]);
});

test.each<[string, (at: number) => Parameters<Awaited<ReturnType<typeof flowWorld>>['idp']['handle']>[0], number]>([
  ['pages that wait', (at) => asking({ state: `s${at}` }), 200],
  ['pushed requests', (at) => post('/tenant/par', query({ state: `s${at}` }), { authorization: basic(web) }), 201],
  ['device codes', () => post('/tenant/device_authorization', { scope: 'openid' }, { authorization: basic(web) }), 200],
  ['wrong codes', (at) => tokenRequest({ grant_type: 'authorization_code', code: `${at}`, redirect_uri: 'x' }), 400],
  ['strange paths', (at) => get(`/tenant/${at}`), 404],
])('a flood of %s leaves no more than 10,000 of them', async (_, request, status) => {
  const { idp } = await flowWorld();
  expect((await idp.handle(request(0))).status).toBe(status);
  expect(await growth(40_000, (at) => idp.handle(request(at)))).toBeLessThan(2);
});

test('of a flood of registrations 10,000 are kept', async () => {
  const { idp } = await flowWorld();
  const register = (at: number) => ({
    method: 'POST',
    path: '/tenant/register',
    headers: [['content-type', 'application/json']] as const,
    body: Buffer.from(JSON.stringify({ redirect_uris: [`https://app.example/${at}`] })),
  });
  const answer = await idp.handle(register(0));
  expect([answer.status, field(answer, 'content-type')]).toEqual([201, 'application/json']);
  expect(read(answer).client_id).toEqual(expect.any(String));
  const before = idp.clients.list().length;
  for (let at = 0; at < 10_050; at += 1) await idp.handle(register(at));
  expect(idp.clients.list().length - before).toBe(9_999);
});
