import type { AnyFault, Fault, PlacedFault, Random, Seam, Seams } from '../../harness/model/fault.ts';
import type { Endpoint } from '../../harness/model/parties.ts';
import { type Gate, gateOf } from '../schedule/schedule.ts';

/** A fault on a link, as long as it stands there. */
export interface Placement {
  readonly fault: AnyFault;
  /** Aborted when the fault is cleared: whatever it holds up is let go. */
  readonly cleared: AbortSignal;
}

/** The faults that stand on one link, in the order in which they were placed. */
export interface Board {
  /** @param within only requests for paths that this lets through */
  add(placed: PlacedFault, random: Random, within?: (path: string) => boolean): { remove(): void };
  /** Removes every fault. */
  clear(): void;
  /** Whether a fault of this seam stands that concerns the path, whether or not it will act. */
  holds(seam: Seam, path: string): boolean;
  /**
   * The value after every fault of this seam that acts on it; those that did are appended to `acted`. A fault that
   * returns the very value it was given has not acted. Without a path only faults for all endpoints count; on
   * `link/connection` a path means: only those for its endpoint, since the others acted when the connection came.
   */
  change<S extends Seam>(seam: S, value: Seams[S], acted: Placement[], path?: string): Seams[S];
}

interface Standing extends Placement {
  readonly clearing: AbortController;
  readonly at: Endpoint | undefined;
  readonly within: ((path: string) => boolean) | undefined;
  readonly random: Random;
  /** Whether it acts on an occasion. */
  readonly opens: Gate;
}

/** @param now monotonic milliseconds, for schedules */
export function createBoard(endpointOf: (path: string) => Endpoint, now: () => number): Board {
  const standing: Standing[] = [];

  function concerns({ at, within, fault }: Standing, path: string | undefined): boolean {
    if (at === undefined && within === undefined) return path === undefined || fault.seam !== 'link/connection';
    if (path === undefined) return false;
    return (at === undefined || endpointOf(path) === at) && (within === undefined || within(path));
  }

  return {
    add({ fault, at, schedule }, random, within) {
      const clearing = new AbortController();
      const opens = gateOf(schedule, random, now);
      const entry: Standing = { fault, at, within, random, opens, clearing, cleared: clearing.signal };
      standing.push(entry);
      return {
        remove() {
          if (clearing.signal.aborted) return;
          standing.splice(standing.indexOf(entry), 1);
          clearing.abort();
        },
      };
    },
    clear() {
      for (const { clearing } of standing.splice(0)) clearing.abort();
    },
    holds: (seam, path) => standing.some((entry) => entry.fault.seam === seam && concerns(entry, path)),
    change(seam, value, acted, path) {
      let current = value;
      for (const entry of standing) {
        if (entry.fault.seam !== seam || !concerns(entry, path)) continue;
        const changed = (entry.fault as Fault<typeof seam>).apply(current, entry.random);
        if (changed === current || !entry.opens()) continue;
        current = changed;
        acted.push(entry);
      }
      return current;
    },
  };
}
