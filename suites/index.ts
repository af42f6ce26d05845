import type { Scenario } from '../harness/model/scenario.ts';

/** A named selection of scenarios. */
export interface Suite {
  readonly id: string;
  readonly summary: string;
  readonly includes: (scenario: Scenario) => boolean;
}

/** What shows, at the price of a new instance each, how a target starts while the IdP is broken. */
const startsBroken = new Set([
  'gateway/jwks-unreachable/refused',
  'gateway/jwks-unreachable/captive-page',
  'gateway/jwks-unreachable/status-404',
  'gateway/token-key-id/unknown',
]);

/** The built-in suites. */
export const suites: readonly Suite[] = [
  {
    id: 'quick',
    summary: 'what needs nobody to wait: no scenario that sits out a deadline, few that need a new instance each',
    includes: ({ id, slow, isolation }) => slow !== true && (isolation !== 'fresh' || startsBroken.has(id)),
  },
  { id: 'full', summary: 'every scenario', includes: () => true },
];
