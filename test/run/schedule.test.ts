import { expect, test } from 'vitest';
import type { Target } from '../../harness/model/target.ts';
import type { Pair } from '../../harness/run/plan.ts';
import { schedule } from '../../harness/run/schedule.ts';
import reference from '../../targets/reference/gateway/target.ts';

const quickTarget: Target = { ...reference, id: 'quick' };
const slowTarget: Target = { ...reference, id: 'slow', driver: { ...reference.driver, startsWithin: 60_000 } };
const pairs = (target: Target, count: number) => Array.from({ length: count }, () => ({ target }) as Pair);
const never = new AbortController().signal;

/** Whether a worker has been given something by now. */
async function given<T>(promise: Promise<T>): Promise<boolean> {
  return await Promise.race([promise.then(() => true), new Promise<false>((resolve) => setImmediate(resolve, false))]);
}

test('workers go where most is left to do for each', async () => {
  const { join } = schedule(
    new Map([
      [quickTarget, pairs(quickTarget, 10)],
      [reference as Target, pairs(reference, 6)],
    ]),
    never,
  );
  const joined = [await join(), await join(), await join()];
  expect(joined.map((lane) => lane?.target.id)).toEqual(['quick', reference.id, 'quick']);
});

test('a second instance of what may start slowly waits for the first start, and then until it pays', async () => {
  const queue = pairs(slowTarget, 100);
  const { join, took } = schedule(new Map([[slowTarget, queue]]), never, 8);
  await join();
  const second = join();
  expect(await given(second)).toBe(false);
  took(slowTarget, 20_100, 20_000);
  expect(await given(second)).toBe(false);
  // 100 × 300 ms are less than two starts.
  took(slowTarget, 300);
  expect(await given(second)).toBe(false);
  // 100 × 600 ms on the average are more.
  took(slowTarget, 900);
  expect(await given(second)).toBe(true);
  const third = join();
  expect(await given(third)).toBe(false);
});

test('browsers, and what takes long to start, get no more workers than there are processors', async () => {
  const browsed: Target = { ...reference, id: 'browsed', capabilities: ['browser'] };
  const queues = [browsed, slowTarget, quickTarget].map((target) => [target, pairs(target, 100)] as const);
  const { join, leave } = schedule(new Map(queues), never, 2);
  const joined = [await join(), await join(), await join(), await join()].map((lane) => lane?.target.id);
  expect(joined.toSorted()).toEqual(['browsed', 'quick', 'quick', 'slow']);
  queues[2]![1].length = 0;
  const fifth = join();
  expect(await given(fifth)).toBe(false);
  leave(slowTarget);
  expect((await fifth)?.target.id).toBe('slow');
});

test('who waits is sent home when all is done, and takes over when the only other one gives up', async () => {
  const queue = pairs(slowTarget, 2);
  const { join, leave, took } = schedule(new Map([[slowTarget, queue]]), never, 8);
  await join();
  const waiting = [join(), join()];
  expect(await given(Promise.race(waiting))).toBe(false);
  leave(slowTarget);
  expect((await Promise.race(waiting))?.queue).toBe(queue);
  queue.length = 0;
  took(slowTarget, 1);
  expect((await Promise.all(waiting)).filter((lane) => lane === undefined)).toHaveLength(1);
});

test('who waits is sent home when the run is stopped', async () => {
  const stop = new AbortController();
  const { join } = schedule(new Map([[slowTarget, pairs(slowTarget, 2)]]), stop.signal, 8);
  await join();
  const waiting = join();
  stop.abort();
  expect(await waiting).toBeUndefined();
});
