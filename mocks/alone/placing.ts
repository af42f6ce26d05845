import { FailwellError } from '../../harness/model/error.ts';
import type { AnyFault, TimelineEvent } from '../../harness/model/fault.ts';
import type { Idp } from '../idp/idp.ts';
import { type Clear, createStanding } from './standing.ts';
import type { PlaceOptions, Premises, StandingFault } from './tenant.ts';

/** The faults of one tenant. */
export interface Placing {
  place(fault: AnyFault, options?: PlaceOptions): Promise<Clear>;
  list(): readonly StandingFault[];
  /** The result calls off what is to come, and clears. */
  play(events: readonly TimelineEvent[]): () => void;
  /** Everything. */
  clear(): Promise<void>;
}

/** Timelines under way at once. */
const most = 1000;

export function createPlacing(idp: Idp, { name, link, random, placeOnLink }: Premises): Placing {
  const playing = new Set<() => void>();
  let count = 0;
  const standing = createStanding<PlaceOptions>(`tenant '${name}'`, async (fault, options, id) => {
    const { schedule = { when: 'always' }, at, only } = options;
    const wire = fault.seam.startsWith('link/');
    if (fault.seam === 'dpop-proof')
      throw new FailwellError('usage', `${fault.id} changes what a client sends: it cannot be placed on an IdP.`);
    if (fault.seam === 'link/name')
      throw new FailwellError('usage', `${fault.id} changes what a name resolves to: it cannot be placed on an IdP.`);
    if (wire && only)
      throw new FailwellError('usage', `${fault.id} acts on the wire, where clients are not known: leave out 'only'.`);
    const placed = { fault, on: wire ? link : 'idp', schedule, ...(at && { at }), ...(only && { only }) } as const;
    const by = random(`${name}/${id}`);
    return wire ? placeOnLink(placed, by) : idp.place(placed, by);
  });
  return {
    place: (fault, options = {}) => standing.place(fault, options),
    list: standing.list,
    play(events) {
      if (playing.size >= most)
        throw new FailwellError('usage', `${most} timelines run at tenant '${name}': clear some of them first.`);
      count += 1;
      const callOff = idp.play(events, random(`${name}/timeline-${count}`));
      const done = () => {
        playing.delete(done);
        callOff();
      };
      playing.add(done);
      return done;
    },
    async clear() {
      for (const callOff of playing) callOff();
      await standing.clear();
    },
  };
}
