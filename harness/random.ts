import { createHash } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Random } from './model/fault.ts';

/** Randomness that depends on the seed and the path alone, and so not on what else runs or in which order. */
export function seeded(seed: number, path: string): Random {
  const start = createHash('sha256').update(`${seed}/${path}`).digest().readInt32LE(0);
  const generator = xoroshiro128plus(start);
  const int = (min: number, max: number) => uniformInt(generator, min, max);
  return {
    int,
    next: () => int(0, 0xffff_ffff) / 0x1_0000_0000,
    pick: (items) => items[int(0, items.length - 1)] as (typeof items)[number],
    hex(bytes) {
      const made = Buffer.allocUnsafe(bytes);
      for (let at = 0; at < bytes; at++) made[at] = int(0, 255);
      return made.toString('hex');
    },
  };
}

/** The items in an order that the seed decides (Fisher–Yates). */
export function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.int(0, last);
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}
