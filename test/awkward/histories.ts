import { readFileSync } from 'node:fs';
import { judge } from '../../harness/judge/judge.ts';
import { createLexicon } from '../../harness/judge/lexicon/lexicon.ts';
import type { Entry, History } from '../../harness/model/history.ts';
import type { Scenario } from '../../harness/model/scenario.ts';
import type { Verdict } from '../../harness/model/verdict.ts';
import { scenarios } from '../../scenarios/index.ts';

const lexicon = createLexicon();

/** A built-in scenario. */
export function scenarioOf(id: string): Scenario {
  const found = scenarios.find((scenario) => scenario.id === id);
  if (found === undefined) throw new Error(`there is no scenario ${id}`);
  return found;
}

/** The lines of `fixtures/<name>.ndjson`. */
export function historyOf(name: string): History {
  const text = readFileSync(new URL(`fixtures/${name}.ndjson`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Entry);
}

/** Judges a history as that of a target without declarations. */
export function judged(id: string, history: History): Verdict {
  return judge(scenarioOf(id), { id: 'fixture/target', declares: {} }, history, lexicon);
}

/** The value of each property, and the verdict's. */
export function values({ value, properties }: Verdict): { readonly [property: string]: string } {
  return { value, ...Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, each.value])) };
}
