import type { SeenExchange } from '../links/exchange.ts';

/** An exchange, and where it was. */
export interface Remembered {
  /** Position in the history, from 1. */
  readonly seq: number;
  /** Whose it was: the tenant whose path was asked for, or the origin behind a proxy. */
  readonly place: string;
  /** Milliseconds since 1970, by the machine's clock. */
  readonly at: number;
  readonly seen: SeenExchange;
}

/** The latest exchanges of a server, with the secrets in them. */
export interface History {
  add(place: string, seen: SeenExchange): void;
  /** In the order in which they ended. */
  list(): readonly Remembered[];
  clear(): void;
}

/** What is kept at most. */
const most = { exchanges: 1000, bytes: 16 * 1024 * 1024 };

export function createHistory(now: () => number): History {
  let kept: Remembered[] = [];
  let first = 0;
  let bytes = 0;
  let count = 0;

  function forgetFirst(): void {
    const { seen } = kept[first] as Remembered;
    bytes -= size(seen);
    first += 1;
    // Only now and then, so that forgetting costs next to nothing.
    if (first > most.exchanges / 4) {
      kept = kept.slice(first);
      first = 0;
    }
  }

  return {
    add(place, seen) {
      count += 1;
      kept.push({ seq: count, place, at: now(), seen });
      bytes += size(seen);
      while (kept.length - first > most.exchanges || (bytes > most.bytes && kept.length - first > 1)) forgetFirst();
    },
    list: () => kept.slice(first),
    clear() {
      kept = [];
      first = 0;
      bytes = 0;
    },
  };
}

const size = ({ request, response }: SeenExchange) => (request?.body.length ?? 0) + (response?.body.length ?? 0);
