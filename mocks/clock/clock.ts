import type { Clock } from '../../harness/model/time.ts';

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that can be wrong on purpose. All times are in milliseconds. */
export interface AdjustableClock extends Clock {
  readonly frozen: boolean;
  /** Moves it by so much against what it shows now; negative is back. */
  skew(by: number): void;
  /** Sets it; a frozen clock stays frozen. */
  set(to: number): void;
  /** Stops it, at `to` or at what it shows now. */
  freeze(to?: number): void;
  /** Lets a frozen clock run on from where it stands. */
  run(): void;
}

/** A clock that follows `base` (the machine's when absent) until it is adjusted. */
export function createClock({ base = systemClock }: { readonly base?: Clock } = {}): AdjustableClock {
  let offset = 0;
  let frozen: number | undefined;
  const now = () => frozen ?? base.now() + offset;
  const set = (to: number) => {
    if (frozen === undefined) offset = to - base.now();
    else frozen = to;
  };
  return {
    now,
    get frozen() {
      return frozen !== undefined;
    },
    set,
    skew: (by) => set(now() + by),
    freeze: (to = now()) => {
      frozen = to;
    },
    run: () => {
      const shown = now();
      frozen = undefined;
      set(shown);
    },
  };
}
