import { globSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stagesFor } from '../../harness/compose.ts';
import { properties } from '../../harness/judge/judge.ts';
import { createLexicon } from '../../harness/judge/lexicon/lexicon.ts';
import { deadlines } from '../../harness/model/deadlines.ts';
import type { Scenario } from '../../harness/model/scenario.ts';
import type { OpenStage } from '../../harness/model/stage.ts';
import type { Target } from '../../harness/model/target.ts';
import type { Verdict } from '../../harness/model/verdict.ts';
import { seeded, shuffled } from '../../harness/random.ts';
import { plan } from '../../harness/run/plan.ts';
import { openSession } from '../../harness/run/session.ts';
import { repertoire } from '../../harness/stage/repertoire.ts';
import { createSurroundings, type Surroundings } from '../../harness/stage/surroundings.ts';
import { scenarios } from '../../scenarios/index.ts';
import singlePage from '../../targets/reference/single-page/target.ts';
import { needing } from '../machine.ts';

const seed = 1;
const sampleSize = 6;
const folder = new URL('../../targets/mutants/', import.meta.url);
const mutants: Target[] = await Promise.all(
  globSync('**/*.ts', { cwd: folder })
    .toSorted()
    .map(async (name) => ((await import(new URL(name, folder).href)) as { default: Target }).default),
);
const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
const lexicon = createLexicon();
let surroundings: Surroundings;
let openStage: OpenStage;

beforeAll(async () => {
  surroundings = await createSurroundings();
  openStage = stagesFor(surroundings, seed);
});
afterAll(() => surroundings[Symbol.asyncDispose]());

async function verdicts(target: Target, chosen: readonly Scenario[], signal: AbortSignal): Promise<Verdict[]> {
  await using session = openSession({ target, name: 'matrix', openStage, lexicon, twins: new Map() });
  const found: Verdict[] = [];
  for (const scenario of chosen) found.push((await session.run(scenario, () => undefined, signal)).verdict);
  return found;
}

/** A scenario catches a flaw when one of its five properties says so; a verdict that is merely inconclusive does not. */
const caught = (verdict: Verdict) =>
  properties.some((property) => ['fail', 'warn'].includes(verdict.properties[property].value));

const inBrowser = ({ capabilities }: Target) => capabilities.includes('browser');
/** A real browser takes its time. */
const needs = (target: Target) => (inBrowser(target) ? { timeout: 400_000, ...needing('browser') } : {});
/** Milliseconds for a mutant: what nobody gives up is sat out to the end. */
const patience = ({ flaw }: Target) =>
  120_000 + named(flaw?.caughtBy ?? []).filter(({ slow }) => slow === true).length * 2 * deadlines.outlast;

const named = (ids: readonly string[]) =>
  ids.map((id) => byId.get(id) ?? expect.unreachable(`no scenario is called ${id}`));

describe.concurrent('each mutant is caught by the scenarios that it names', () => {
  for (const mutant of mutants) {
    test(mutant.id, { timeout: patience(mutant), ...needs(mutant) }, async ({ expect, signal }) => {
      const names = mutant.flaw?.caughtBy ?? [];
      const found = await verdicts(mutant, named(names), signal);
      const missed = found.filter((verdict) => !caught(verdict));
      expect(missed.map(({ scenario, value, because }) => `${scenario}: ${value}: ${because}`)).toEqual([]);
    });
  }
});

test('each names only scenarios that a run would give it', () => {
  const given = plan({ scenarios, targets: mutants, repertoire }, {});
  const wrong = mutants.flatMap(({ id, flaw }) =>
    (flaw?.caughtBy ?? [])
      .filter((name) => !given.pairs.some(({ scenario, target }) => target.id === id && scenario.id === name))
      .map((name) => `${id}: ${name}`),
  );
  expect(wrong).toEqual([]);
});

/** They need a target that can be taken off its network, which a container is: `test/containers/cut-off.test.ts`. */
const inContainers = /\/interruption\/cut-off/;

test('each scenario has a flaw that it catches', () => {
  const catching = new Set(mutants.flatMap(({ flaw }) => flaw?.caughtBy ?? []));
  const idle = scenarios.filter(({ id }) => !catching.has(id) && !inContainers.test(id)).map(({ id }) => id);
  expect(idle).toEqual([]);
});

test('only the canary, which has no flaw, is caught by nothing', () => {
  expect(mutants.filter(({ flaw }) => flaw?.caughtBy.length === 0).map(({ id }) => id)).toEqual(['mutant/logs-late']);
  expect(mutants.length).toBeGreaterThanOrEqual(20);
});

// The other references pass everything: `suites/reference-*.suite.ts`.
test('the page that a browser runs is caught by none of those', { timeout: 300_000, ...needs(singlePage) }, async ({
  signal,
}) => {
  const ids = new Set(mutants.filter(inBrowser).flatMap(({ flaw }) => flaw?.caughtBy ?? []));
  const able = plan({ scenarios, targets: [singlePage] }, {}).pairs.map(({ scenario }) => scenario);
  const found = await verdicts(
    singlePage,
    able.filter(({ id }) => ids.has(id)),
    signal,
  );
  expect(
    found.filter(({ value }) => value !== 'pass').map(({ scenario, because }) => `${scenario}: ${because}`),
  ).toEqual([]);
});

describe.concurrent('a flaw shows where it is: a sample of other scenarios is still judged', () => {
  const slow = ['mutant/hangs-on-bad-token', 'mutant/logs-late'];
  const quick = mutants.filter((mutant) => !slow.includes(mutant.id) && !inBrowser(mutant));
  for (const mutant of shuffled(quick, seeded(seed, 'sampled mutants')).slice(0, 15)) {
    const family = (id: string) => id.split('/').slice(0, 2).join('/');
    const touched = new Set(mutant.flaw?.caughtBy.map(family));
    // No scenario of a client leaves it as it was; what is done to it is over once it is done.
    const harmless = scenarios.filter(
      ({ id, role, isolation, needs }) =>
        role === mutant.role &&
        !touched.has(family(id)) &&
        isolation === (role === 'client' ? 'exclusive' : 'shared') &&
        needs.every((need) => mutant.capabilities.includes(need)),
    );
    test(mutant.id, { timeout: 120_000 }, async ({ expect, signal }) => {
      const sample = shuffled(harmless, seeded(seed, mutant.id)).slice(0, sampleSize);
      expect(sample.length).toBeGreaterThan(0);
      const found = await verdicts(mutant, sample, signal);
      expect(found.map(({ scenario }) => scenario)).toEqual(sample.map(({ id }) => id));
      expect(found.filter(({ gates }) => gates.some(({ id, open }) => id === 'control-before' && !open))).toEqual([]);
    });
  }
});
