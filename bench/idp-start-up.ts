import { type Figure, median } from './figures.ts';
import { startChild } from './idp/child.ts';

/** When each thing was done, in milliseconds since the process was there. */
export interface FirstToken {
  /** Node had started. */
  readonly began: number;
  readonly loaded: number;
  readonly started: number;
  readonly answered: number;
}

/** How long it takes in a new process from `startIdp()` to the first token. */
export async function measureFirstToken(times: number): Promise<Figure[]> {
  const taken: FirstToken[] = [];
  // The first one warms the disk cache up.
  for (let n = -1; n < times; n += 1) {
    await using child = await startChild<never, never, FirstToken>('first-token.ts');
    if (n >= 0) taken.push(child.hello);
  }
  const of = (measure: (one: FirstToken) => number) => median(taken.map(measure));
  const ms = (measure: (one: FirstToken) => number) => of(measure).toFixed(0);
  const during = `keys and port ${ms(({ loaded, started }) => started - loaded)} ms`;
  const before = `the sources had taken ${ms(({ began, loaded }) => loaded - began)} ms to import`;
  const note = `median of ${times} new processes; ${during}; ${before}`;
  return [{ name: 'startIdp() to first token', value: of((t) => t.answered - t.loaded), unit: 'ms', limit: 150, note }];
}
