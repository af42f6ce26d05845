import type { AnyFault, FaultId, TimelineEvent } from '../../harness/model/fault.ts';
import type { Duration } from '../../harness/model/time.ts';
import type { PlaceOptions } from './tenant.ts';

/** Something that happens at a time, counted from when the timeline begins. */
export type TimelineStep = { readonly at: Duration } & (
  | { readonly do: 'place'; readonly fault: FaultId | AnyFault; readonly options?: PlaceOptions }
  /** Takes away every fault with this id that the same timeline has placed. */
  | { readonly do: 'clear'; readonly fault: FaultId }
  /** The old keys stay published. */
  | { readonly do: 'rotate-keys' }
  | { readonly do: 'drop-old-keys' }
);

/** The same with the faults themselves in place of their ids. */
export function resolved(
  steps: readonly TimelineStep[],
  asFault: (fault: FaultId | AnyFault) => Promise<AnyFault>,
): Promise<readonly TimelineEvent[]> {
  return Promise.all(
    steps.map(async (step): Promise<TimelineEvent> => {
      if (step.do !== 'place') return step;
      const { schedule = { when: 'always' }, ...where } = step.options ?? {};
      return { at: step.at, do: 'place', placed: { fault: await asFault(step.fault), on: 'idp', schedule, ...where } };
    }),
  );
}
