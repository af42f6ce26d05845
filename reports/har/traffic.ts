import type { EntryOf } from '../../harness/model/history.ts';
import { harEntry } from './entry.ts';

/** An exchange on the way to an origin. */
export interface Passed {
  readonly origin: string;
  readonly entry: EntryOf<'exchange'>;
}

/**
 * What passed a proxy as HAR 1.2.
 * @param about `began`: when the times of the exchanges count from, in milliseconds since 1970; `left`: how many there was
 * no room for
 */
export function trafficHar(
  passed: readonly Passed[],
  { began, failwell, left }: { readonly began: number; readonly failwell: string; readonly left: number },
) {
  return {
    log: {
      version: '1.2',
      creator: { name: 'failwell', version: failwell },
      entries: passed
        .toSorted((one, other) => one.entry.exchange.startedAt - other.entry.exchange.startedAt)
        .map(({ origin, entry }) =>
          harEntry(entry, { began, pageref: undefined, where: { link: entry.link, origin, host: undefined } }),
        ),
      ...(left > 0 && { comment: `There was no room for ${left} more exchanges.` }),
    },
  };
}
