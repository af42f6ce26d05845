import type { Capability, Target } from '../model/target.ts';

/** What a target can: what it declares, and what its driver brings. */
export function capabilitiesOf({ capabilities, driver: { brings = [] } }: Target): readonly Capability[] {
  return [...capabilities, ...brings];
}
