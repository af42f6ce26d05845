import { isDeepStrictEqual } from 'node:util';
import { FailwellError } from '../../harness/model/error.ts';
import type { PlacedFault, Random, Seam, Seams } from '../../harness/model/fault.ts';
import type { Endpoint } from '../../harness/model/parties.ts';

/** The seams of the mock IdP. */
const seams = [
  'metadata',
  'jwks',
  'authorize-answer',
  'token-answer',
  'id-token',
  'introspection-answer',
  'clock',
] as const;
export type IdpSeam = (typeof seams)[number];

/** The faults that sit on one IdP. */
export interface FaultBoard {
  /** Puts a fault in its place. The result takes it away again. Throws a `FailwellError` for a seam elsewhere. */
  place(placed: PlacedFault, random: Random): () => void;
  /** The value as the faults leave it, in the order of their placing; `met` gains the ids of those that changed it. */
  through<S extends IdpSeam>(seam: S, endpoint: Endpoint, value: Seams[S], met: Set<string>): Seams[S];
}

type Standing = PlacedFault & { readonly random: Random; left: number };

export function createFaultBoard(): FaultBoard {
  const standing = new Set<Standing>();
  return {
    place(placed, random) {
      const { fault, on, schedule } = placed;
      if (on !== 'idp' || !isIdpSeam(fault.seam))
        throw new FailwellError('usage', `Fault ${fault.id} changes ${fault.seam}: place it there and not on the IdP`);
      const entry = { ...placed, random, left: schedule.when === 'first' ? schedule.count : Number.POSITIVE_INFINITY };
      standing.add(entry);
      return () => void standing.delete(entry);
    },
    through(seam, endpoint, value, met) {
      let current = value;
      for (const entry of standing) {
        const { fault, at, random } = entry;
        if (fault.seam !== seam || (at && at !== endpoint) || entry.left <= 0) continue;
        const changed = (fault.apply as (value: unknown, random: Random) => typeof current)(current, random);
        if (isDeepStrictEqual(changed, current)) continue;
        current = changed;
        entry.left -= 1;
        met.add(fault.id);
      }
      return current;
    },
  };
}

const isIdpSeam = (seam: Seam): seam is IdpSeam => (seams as readonly string[]).includes(seam);
