import type { Ending } from './http.ts';

/**
 * What is wrong with the way bytes travel from the far end of a TCP connection to its near end. Whatever is absent is
 * as it should be.
 */
export interface StreamPlan {
  /** Milliseconds by which the next piece comes later; asked for each piece, none overtakes another. */
  delay?(): number;
  readonly bytesPerSecond?: number;
  /** How many bytes come, and what follows then. Default: a clean close. */
  readonly upTo?: number;
  readonly ending?: Exclude<Ending, 'reset-on-reuse'>;
}
