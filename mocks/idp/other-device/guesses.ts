import { boundedMap } from '../bounded.ts';

/** Wrong user codes, so that nobody finds one by trying (RFC 8628 §5.1). Times are in milliseconds since 1970. */
export interface Guesses {
  /** Seconds until this user may try again; 0 when at once. */
  wait(sub: string, now: number): number;
  wrong(sub: string, now: number): void;
}

/** As many wrong codes as a user may send within the window. */
const most = 5;
/** Milliseconds. */
const window = 60_000;

export function createGuesses(): Guesses {
  const wrong = boundedMap<{ readonly since: number; readonly count: number }>();
  const current = (sub: string, now: number) => {
    const known = wrong.get(sub);
    return known && now >= known.since && now < known.since + window ? known : { since: now, count: 0 };
  };
  return {
    wait(sub, now) {
      const { since, count } = current(sub, now);
      return count < most ? 0 : Math.ceil((since + window - now) / 1000);
    },
    wrong(sub, now) {
      const { since, count } = current(sub, now);
      wrong.set(sub, { since, count: count + 1 });
    },
  };
}
