import type { PlacedFault } from '../../harness/model/fault.ts';
import type { Requirement } from '../../harness/model/requirement.ts';
import type { ExpectedOutcome, Finding, Scenario } from '../../harness/model/scenario.ts';
import { type Oracles, refuse } from '../../harness/oracles/expect.ts';
import { oracle } from '../../harness/oracles/oracle.ts';
import { refused } from '../../mocks/faults/links/connection.ts';

/** A sentence of this level. */
export const sentence = (level: Requirement['level'], id = 'rfc0000/1/test'): Requirement => ({
  id,
  level,
  quote: 'so it is',
  href: 'https://example/',
});

/** An oracle that always finds this. */
export const finds = (holds: Finding['holds']) =>
  oracle(`finds(${holds})`, () => ({ holds, observed: `seen: ${holds}`, expected: 'yes', evidence: [] }));

const fault = refused();

/** The fault of `scenarioOf` as a history has it. */
export const faultId = fault.id;

/** A scenario with one fault on a link, whose stimulus is one call. */
export function scenarioOf(
  oracles: Oracles,
  options: { readonly outcome?: ExpectedOutcome; readonly faults?: readonly PlacedFault[] } & Partial<
    Omit<Scenario, 'expect' | 'faults'>
  > = {},
): Scenario {
  const { outcome = 'refuse', faults, ...rest } = options;
  return {
    id: 'gateway/example/one',
    role: 'gateway',
    cause: 'token/expired',
    summary: 'An example.',
    remedy: 'None.',
    needs: [],
    isolation: 'exclusive',
    faults: faults ?? [{ fault, on: 'gateway→idp', schedule: { when: 'always' } }],
    stimulus: [{ do: 'call-api' }],
    ...rest,
    expect: { ...refuse(oracles), outcome },
  };
}
