import { readRun } from '../harness/record/reader.ts';
import { scenarios } from '../scenarios/index.ts';

const usage = `npm run unseen -- <run.ndjson>...

Prints, a line each, the scenarios that these runs do not show to be able to fail: none of their five properties failed
or warned on any target, or all that did was a secret in a log. Give the records of the mutants and of a run in the field:
npm run unseen -- failwell-report/matrix/run.ndjson failwell-report/field/run.ndjson`;

const records = process.argv.slice(2);
if (records.length === 0 || records.includes('--help')) {
  console.log(usage);
  process.exit(records.length === 0 ? 2 : 0);
}
const seen = new Set<string>();
const met = new Set<string>();
for (const record of records) {
  for await (const event of readRun(record, console.error)) {
    if (event.type !== 'scenario-finished') continue;
    const { scenario, properties } = event.verdict;
    met.add(scenario);
    const bad = Object.entries(properties).filter(([, { value }]) => value === 'fail' || value === 'warn');
    if (bad.some(([property]) => property !== 'discretion')) seen.add(scenario);
    else if (bad.length > 0 && !scenarios.some(({ id, expect }) => id === scenario && asksMore(expect.properties)))
      seen.add(scenario);
  }
}

/** Discretion is asked of all alike: only where nothing else is asked does it show that a scenario can fail. */
function asksMore(asked: Readonly<Record<string, readonly unknown[]>>): boolean {
  return Object.entries(asked).some(([property, expected]) => property !== 'discretion' && expected.length > 0);
}

const unseen = scenarios.map(({ id }) => id).filter((id) => !seen.has(id));
for (const id of unseen) console.log(met.has(id) ? id : `${id} (not run)`);
console.error(`${scenarios.length - unseen.length} of ${scenarios.length} scenarios were seen to fail.`);
