import type { Scenario } from '../harness/model/scenario.ts';

/** A named selection of scenarios. */
export interface Suite {
  readonly id: string;
  readonly summary: string;
  readonly includes: (scenario: Scenario) => boolean;
}

/** The built-in suites. */
export const suites: readonly Suite[] = [
  {
    id: 'quick',
    summary: 'what needs nobody to wait: everything but scenarios that sit out a deadline or need a new instance each',
    includes: ({ slow, isolation }) => slow !== true && isolation !== 'fresh',
  },
  { id: 'full', summary: 'every scenario', includes: () => true },
];
