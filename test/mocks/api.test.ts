import { expect, test } from 'vitest';
import { createApi } from '../../mocks/api/api.ts';
import { createClock } from '../../mocks/clock/clock.ts';

const ask = async (headers: readonly (readonly [string, string])[] = []) => {
  const answer = await createApi().handle({ method: 'PUT', path: '/items/7?x=1', headers, body: new Uint8Array() });
  return { ...answer, json: JSON.parse(Buffer.from(answer.body).toString()) };
};

test('the API says what reached it', async () => {
  const { status, headers, json } = await ask();
  expect([status, headers]).toEqual([200, [['content-type', 'application/json']]]);
  expect(json).toEqual({ method: 'PUT', path: '/items/7?x=1', identity: [] });
});

test('identity fields are named, and credentials never repeated', async () => {
  const { json } = await ask([
    ['Authorization', 'Bearer abc.def.ghi'],
    ['X-User', 'alice'],
    ['x-forwarded-user', 'bob'],
    ['X-Access-Token', 'secret'],
    ['Cookie', 'token=secret'],
    ['Accept', '*/*'],
  ]);
  expect(json.identity).toEqual([
    ['Authorization', 'Bearer'],
    ['X-User', 'alice'],
    ['x-forwarded-user', 'bob'],
    ['X-Access-Token', '…'],
    ['Cookie', '…'],
  ]);
});

test('a clock follows its base, and can be skewed, set, frozen and let run', () => {
  let time = 1_000;
  const clock = createClock({ base: { now: () => time } });
  expect(clock.now()).toBe(1_000);
  clock.skew(-300);
  time += 10;
  expect(clock.now()).toBe(710);
  clock.set(5_000);
  time += 10;
  expect(clock.now()).toBe(5_010);
  clock.freeze();
  time += 10;
  clock.skew(5);
  expect(clock.now()).toBe(5_015);
  clock.run();
  time += 10;
  expect(clock.now()).toBe(5_025);
  clock.freeze(42);
  time += 10;
  expect(clock.now()).toBe(42);
});
