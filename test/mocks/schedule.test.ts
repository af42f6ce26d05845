import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Schedule } from '../../harness/model/fault.ts';
import { seeded } from '../../harness/random.ts';
import { gateOf } from '../../mocks/schedule/schedule.ts';

/** Whether it acts on each of these occasions, at these times in milliseconds. */
function acts(schedule: Schedule, times: readonly number[], seed = 1): readonly boolean[] {
  let now = 1_000_000;
  const opens = gateOf(schedule, seeded(seed, 'gate'), () => now);
  return times.map((time) => {
    now = 1_000_000 + time;
    return opens();
  });
}

const occasions = (count: number) => Array.from({ length: count }, (_, at) => at * 1000);
const positions = (acted: readonly boolean[]) => acted.flatMap((yes, at) => (yes ? [at + 1] : []));

test.each<[Schedule, readonly number[]]>([
  [{ when: 'always' }, [1, 2, 3, 4, 5, 6]],
  [{ when: 'first', count: 2 }, [1, 2]],
  [{ when: 'first', count: 0 }, []],
  [{ when: 'every', nth: 1 }, [1, 2, 3, 4, 5, 6]],
  [{ when: 'every', nth: 3 }, [3, 6]],
  [{ when: 'between', from: '2s' }, [3, 4, 5, 6]],
  [{ when: 'between', to: '2s' }, [1, 2]],
  [{ when: 'between', from: '1s', to: '3s' }, [2, 3]],
  [{ when: 'chance', probability: 0 }, []],
  [{ when: 'chance', probability: 1 }, [1, 2, 3, 4, 5, 6]],
])('%o acts on occasions %o', (schedule, expected) => {
  expect(positions(acts(schedule, occasions(6)))).toEqual(expected);
});

test('chance keeps to its probability, and to its seed', () => {
  const half: Schedule = { when: 'chance', probability: 0.3 };
  const count = positions(acts(half, occasions(2000))).length;
  expect(count).toBeGreaterThan(500);
  expect(count).toBeLessThan(700);
  expect(acts(half, occasions(50))).toEqual(acts(half, occasions(50)));
  expect(acts(half, occasions(50), 2)).not.toEqual(acts(half, occasions(50)));
});

test('every nth acts once in each run of n occasions', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 10 }), (nth, runs) => {
      const acted = acts({ when: 'every', nth }, occasions(nth * runs));
      expect(positions(acted)).toEqual(Array.from({ length: runs }, (_, at) => (at + 1) * nth));
    }),
  );
});
