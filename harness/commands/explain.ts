import type { Command } from 'commander';
import type { ScenarioCard } from '../model/event.ts';
import type { Property, Scenario } from '../model/scenario.ts';

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
      const [{ loadScenarios }, { chooseScenarios }, { scenarioCard }, { describe }] = await Promise.all([
        import('../catalogue.ts'),
        import('../run/plan.ts'),
        import('../run/cards.ts'),
        import('../stage/describe.ts'),
      ]);
      const found = chooseScenarios(await loadScenarios(process.cwd(), flags.config), { scenarios: [id] });
      const cards = found.map((scenario) => scenarioCard(scenario, describe));
      if (flags.json) console.log(JSON.stringify(cards, null, 2));
      else console.log(found.map((scenario, index) => explain(scenario, cards[index]!)).join('\n\n'));
    });
}

/** A scenario in full, as text. */
function explain(scenario: Scenario, card: ScenarioCard): string {
  const parts = Object.entries(questions).flatMap(([property, question]) => {
    const expected = scenario.expect.properties[property as Property];
    if (expected.length === 0) return [];
    return [
      `\n${question}`,
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
