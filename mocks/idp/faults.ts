import { isDeepStrictEqual } from 'node:util';
import { FailwellError } from '../../harness/model/error.ts';
import type { Binding, PlacedFault, Random, Seam, Seams } from '../../harness/model/fault.ts';
import type { Endpoint } from '../../harness/model/parties.ts';
import { type Gate, gateOf } from '../schedule/schedule.ts';

/** The seams of the mock IdP. */
export type IdpSeam = Exclude<Seam, 'dpop-proof' | `link/${string}`>;

type Same<V> = (one: V, other: V) => boolean;

/** One request on its way through the IdP, as faults see it. */
export interface Passage {
  /** Faults that changed something. */
  readonly met: ReadonlySet<string>;
  /** Whom and what the request is about, as soon as it is known, for faults that are bound to it. */
  readonly about: { client?: string; token?: string };
  /**
   * A value as the faults on this seam leave it, in the order of their placing.
   * @param same whether a change makes no difference here; deep equality when absent
   */
  through<S extends IdpSeam>(seam: S, value: Seams[S], same?: Same<Seams[S]>): Seams[S];
}

/** The faults that sit on one IdP. */
export interface FaultBoard {
  /** Puts a fault in its place. The result takes it away again. Throws a `FailwellError` for a seam elsewhere. */
  place(placed: PlacedFault, random: Random): () => void;
  /** Throws a `FailwellError` for a fault that it cannot hold. */
  check(placed: PlacedFault): void;
  /** A request arrives. */
  enter(endpoint: Endpoint): Passage;
  /** Something is done there without a request: it is none of those that a fault may be bound to by their number. */
  without(endpoint: Endpoint): Passage;
}

interface Standing extends PlacedFault {
  readonly random: Random;
  readonly opens: Gate;
  /** How many requests each endpoint had seen when it was placed. */
  readonly arrivedBefore: ReadonlyMap<Endpoint, number>;
}

/** @param elapsed monotonic milliseconds, for schedules */
export function createFaultBoard(elapsed: () => number): FaultBoard {
  const standing = new Set<Standing>();
  const arrived = new Map<Endpoint, number>();
  return {
    check,
    place(placed, random) {
      check(placed);
      const opens = gateOf(placed.schedule, random, elapsed);
      const entry = { ...placed, random, opens, arrivedBefore: new Map(arrived) };
      standing.add(entry);
      return () => void standing.delete(entry);
    },
    enter(endpoint) {
      const number = (arrived.get(endpoint) ?? 0) + 1;
      arrived.set(endpoint, number);
      return passage(endpoint, number);
    },
    without: (endpoint) => passage(endpoint),
  };

  /** @param number of the request, from 1 */
  function passage(endpoint: Endpoint, number?: number): Passage {
    const met = new Set<string>();
    const about: Passage['about'] = {};
    const concerns = ({ fault, at, only, arrivedBefore }: Standing, seam: IdpSeam) =>
      fault.seam === seam &&
      (at === undefined || at === endpoint) &&
      (only === undefined || fits(only, about, number && number - (arrivedBefore.get(endpoint) ?? 0)));
    return {
      met,
      about,
      through(seam, value, same = isDeepStrictEqual) {
        let current = value;
        for (const entry of standing) {
          if (!concerns(entry, seam)) continue;
          const { fault, random, opens } = entry;
          const changed = (fault.apply as (value: unknown, random: Random) => typeof current)(current, random);
          if (same(changed, current) || !opens()) continue;
          current = changed;
          met.add(fault.id);
        }
        return current;
      },
    };
  }
}

function check({ fault, on }: PlacedFault): void {
  if (on === 'idp' && fault.seam !== 'dpop-proof' && !fault.seam.startsWith('link/')) return;
  throw new FailwellError('usage', `Fault ${fault.id} changes ${fault.seam}: place it there and not on the IdP.`);
}

function fits({ client, token, request }: Binding, about: Passage['about'], number: number | undefined): boolean {
  if (client !== undefined && client !== about.client) return false;
  if (token !== undefined && token !== about.token) return false;
  return request === undefined || request === number;
}
