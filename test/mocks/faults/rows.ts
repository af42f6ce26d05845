import type { Changes } from './difference.ts';
import type { Journey } from './journey.ts';

/** What a fault changes on a journey, as `difference` says it; nothing else may be different. */
export interface Row {
  readonly journey: Journey;
  readonly changes: Changes;
}

export interface Rows {
  readonly [fault: string]: Row;
}

/** Rows of faults that are seen on the same journey. */
export const on = (journey: Journey, changes: { readonly [fault: string]: Changes }): Rows =>
  Object.fromEntries(Object.entries(changes).map(([fault, each]) => [fault, { journey, changes: each }]));
