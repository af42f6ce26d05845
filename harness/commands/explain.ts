import type { Command } from 'commander';
import { composePlan } from '../compose.ts';
import { properties } from '../judge/judge.ts';
import type { Scenario } from '../model/scenario.ts';
import { scenarioCard } from '../run/cards.ts';
import { describe } from '../stage/describe.ts';

const questions = {
  safe: 'Safe: did it fail closed?',
  signal: "Signal: did it say so in the protocol's own words?",
  diagnosis: 'Diagnosis: can an operator tell which cause it was?',
  discretion: 'Discretion: did it keep secrets to itself?',
  resilience: 'Resilience: did it behave while broken and come back afterwards?',
} as const;

export function addExplain(program: Command): void {
  program
    .command('explain')
    .summary('what a scenario breaks, what should happen, and which sentence says so')
    .argument('<scenario>', "a scenario's id, or a family of them")
    .option('--json', 'as JSON')
    .option('--config <file>', 'configuration file (default: failwell.config.ts)')
    .addHelpText('after', '\nExample:\n  failwell explain gateway/token-expired/by-10m')
    .action(async (id: string, flags: { json?: true; config?: string }) => {
      const { scenarios } = await composePlan({
        folder: process.cwd(),
        ...(flags.config && { config: flags.config }),
        selection: { scenarios: [id] },
      });
      if (flags.json)
        console.log(
          JSON.stringify(
            scenarios.map((scenario) => scenarioCard(scenario, describe)),
            null,
            2,
          ),
        );
      else console.log(scenarios.map(explain).join('\n\n'));
    });
}

/** A scenario in full, as text. */
export function explain(scenario: Scenario): string {
  const card = scenarioCard(scenario, describe);
  const parts = properties.flatMap((property) => {
    const expected = scenario.expect.properties[property];
    if (expected.length === 0) return [];
    return [
      `\n${questions[property]}`,
      ...expected.flatMap(({ oracle, requirement }) => [
        `  ${oracle.id}`,
        `    ${requirement.level}  “${requirement.quote}”`,
        `          ${requirement.href}`,
        ...(oracle.looks ? [`    good  ${oracle.looks.good}`, `    bad   ${oracle.looks.bad}`] : []),
      ]),
    ];
  });
  return [
    card.id,
    `  ${card.summary}`,
    '',
    `Cause      ${card.cause}`,
    `Expected   the ${card.role} must ${{ refuse: 'refuse', accept: 'accept', either: 'either refuse or accept, explicitly', observe: 'do what it will: it is measured' }[card.expected]}`,
    `Broken     ${card.faults.map(({ on, summary }) => `${summary}, on ${on}`).join('\n           ') || 'the request itself'}`,
    `Done       ${card.stimulus.join('\n           ')}`,
    `Needs      ${card.needs.join(', ') || 'nothing special'} (${card.isolation} instance)`,
    ...parts,
    '',
    `To mend it: ${card.remedy}`,
    `To run it:  npx failwell run --scenario '${card.id}'`,
  ].join('\n');
}
