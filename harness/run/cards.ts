import { flawsOf } from '../judge/flaws.ts';
import { properties } from '../judge/judge.ts';
import type { ScenarioCard, TargetCard } from '../model/event.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Step } from '../model/step.ts';
import type { Target } from '../model/target.ts';
import { capabilitiesOf } from './capable.ts';

const carrier: { readonly [seam: string]: string } = { 'access-token': 'the token', 'dpop-proof': 'the proof' };

/** A scenario as text, for records and reports. */
export function scenarioCard(scenario: Scenario, describe: (step: Step) => string): ScenarioCard {
  const { id, role, cause, summary, remedy, isolation, needs, expect } = scenario;
  return {
    id,
    role,
    cause,
    summary,
    remedy,
    isolation,
    needs,
    expected: expect.outcome,
    faults: [
      ...scenario.faults.map(({ fault, on, at }) => ({
        id: fault.id,
        on: at === undefined ? on : `${on} (${at})`,
        summary: fault.summary,
      })),
      ...scenario.stimulus
        .flatMap(flawsOf)
        .map(({ id, seam, summary }) => ({ id, on: carrier[seam] ?? 'the IdP', summary })),
    ],
    stimulus: scenario.stimulus.map(describe),
    expectations: properties.flatMap((property) =>
      expect.properties[property].map(({ oracle, requirement }) => ({ property, oracle: oracle.id, requirement })),
    ),
  };
}

/** A target as text, with the image that it runs, if it runs one. */
export function targetCard(target: Target, image?: string): TargetCard {
  const { id, role, summary, driver, declares } = target;
  const runs = { driver: driver.kind, ...(image !== undefined && { image }) };
  return { id, role, summary, ...runs, capabilities: capabilitiesOf(target), declares };
}
