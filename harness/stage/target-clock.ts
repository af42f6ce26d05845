import { createClock } from '../../mocks/clock/clock.ts';
import type { Fault, PlacedFault, Random } from '../model/fault.ts';
import type { Instance } from '../model/target.ts';
import type { Clock } from '../model/time.ts';

/** A target's own clock: moved by its driver, or in this process the one that it was told of. */
export interface TargetClock {
  /** What a target in this process is told. */
  readonly clock: Clock;
  /** From now on this instance's clock is meant. */
  follow(instance: Instance): Promise<void>;
  /** A fault on the seam `clock`: it says how far off the clock is. */
  place(placed: PlacedFault, random: Random): Promise<() => Promise<void>>;
}

export function targetClock(base: Clock): TargetClock {
  const clock = createClock({ base });
  const offsets = new Map<PlacedFault, number>();
  let instance: Instance | undefined;

  async function move(): Promise<void> {
    const by = [...offsets.values()].reduce((sum, offset) => sum + offset, 0);
    if (instance?.moveClock !== undefined) await instance.moveClock(by);
    else clock.set(base.now() + by);
  }

  return {
    clock,
    async follow(running) {
      instance = running;
      if (offsets.size > 0) await move();
    },
    async place(placed, random) {
      offsets.set(placed, (placed.fault as Fault<'clock'>).apply(0, random));
      await move();
      return async () => {
        offsets.delete(placed);
        await move();
      };
    },
  };
}
