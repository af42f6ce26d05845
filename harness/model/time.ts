/** A length of time as people write it: `250ms`, `30s`, `10m`, `1h`, `2d`. */
export type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;

/** Where the time comes from. Injected everywhere, so that an issuer, a target and the harness can disagree on it. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
}

const unit = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Milliseconds in a duration. Throws a `RangeError` when it is none. */
export function milliseconds(duration: Duration): number {
  const [, amount, name] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(duration) ?? [];
  if (amount === undefined) throw new RangeError(`'${duration}' is no duration: write a number and ms, s, m, h or d`);
  return Number(amount) * unit[name as keyof typeof unit];
}
