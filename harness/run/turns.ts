import type { Target } from '../model/target.ts';

/** Its pages run in a real browser, or its users log in by one. */
export const needsBrowser = ({ capabilities, idp }: Target) =>
  capabilities.includes('browser') || (typeof idp?.login === 'object' && 'browser' in idp.login);

const contained = (target: Target): boolean =>
  target.driver.image !== undefined || Object.values(target.members ?? {}).some(contained);

/**
 * The targets in groups, each of which may run at once, in order. A container's network comes and goes with its stage,
 * and Chromium then drops every request that is under way (`ERR_NETWORK_CHANGED`): where a browser is needed, containers
 * wait until all others are done.
 */
export function turns(targets: readonly Target[]): readonly (readonly Target[])[] {
  if (!targets.some(needsBrowser)) return [targets];
  return [targets.filter((target) => !contained(target)), targets.filter(contained)].filter((turn) => turn.length > 0);
}
