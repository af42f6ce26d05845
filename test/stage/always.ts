import type { AnyFault, PlacedFault } from '../../harness/model/fault.ts';

/** A fault where it stands until it is cleared. */
export const always = (fault: AnyFault, on: PlacedFault['on'], at?: PlacedFault['at']): PlacedFault => ({
  fault,
  on,
  schedule: { when: 'always' },
  ...(at !== undefined && { at }),
});
