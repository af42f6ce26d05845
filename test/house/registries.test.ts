import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { flawsOf } from '../../harness/judge/flaws.ts';
import { capabilities } from '../../harness/model/capabilities.ts';
import { causes } from '../../harness/model/causes.ts';
import type { Scenario } from '../../harness/model/scenario.ts';
import type { Target } from '../../harness/model/target.ts';
import { faults } from '../../mocks/faults/all.ts';
import { scenarios } from '../../scenarios/index.ts';
import { firstLook } from '../../suites/index.ts';
import { filesOf, root } from './imports.ts';

const load = async <T>(file: string) => (await import(join(root, file))) as { readonly default?: T };
const targetFiles = filesOf('targets/*/*/target.ts', 'targets/mutants/**/*.ts');
const targets = await Promise.all(targetFiles.map(async (file) => (await load<Target>(file)).default as Target));
const twice = (ids: readonly string[]) => ids.filter((id, index) => ids.indexOf(id) !== index);

test('scenarios/index.ts holds every scenario of every file, and each is called after its file', async () => {
  const found: Scenario[] = [];
  for (const file of filesOf('scenarios/*/*.ts')) {
    const own = [(await load<Scenario | readonly Scenario[]>(file)).default ?? []].flat();
    const family = `${file.split('/')[1]}/${basename(file, '.ts')}/`;
    expect(
      own.filter(({ id }) => !id.startsWith(family)).map(({ id }) => id),
      file,
    ).toEqual([]);
    found.push(...own);
  }
  expect(found.map(({ id }) => id).sort()).toEqual(scenarios.map(({ id }) => id).sort());
});

test('ids of scenarios, faults, targets and causes are each used once', () => {
  for (const items of [scenarios, faults, targets, causes]) expect(twice(items.map(({ id }) => id))).toEqual([]);
});

test('every cause that is spoken of is in the registry', () => {
  const known = new Set(causes.map(({ id }) => id));
  const used = [...scenarios, ...faults].map(({ id, cause }) => ({ id, cause }));
  expect(used.filter(({ cause }) => !known.has(cause))).toEqual([]);
});

test('every capability that is spoken of is in the registry', () => {
  const wanted = scenarios.flatMap(({ id, needs }) => needs.map((need) => ({ id, name: need.replace(/^!/, '') })));
  const offered = targets.flatMap(({ id, capabilities }) => capabilities.map((name) => ({ id, name })));
  expect([...wanted, ...offered].filter(({ name }) => !(name in capabilities))).toEqual([]);
});

test('every fault that a scenario places, and every flaw of its tokens and proofs, is in the catalogue', () => {
  const known = new Set(faults.map(({ id }) => id));
  const used = scenarios.flatMap(({ id, faults: placed, stimulus }) =>
    [...placed.map(({ fault }) => fault), ...stimulus.flatMap(flawsOf)].map((fault) => ({ id, fault: fault.id })),
  );
  expect(used.filter(({ fault }) => !known.has(fault))).toEqual([]);
});

test('a requirement id stands for one requirement', () => {
  const quotes = new Map<string, string>();
  for (const { id, expect: expected } of scenarios) {
    for (const { requirement } of Object.values(expected.properties).flat()) {
      expect(requirement.quote, `${requirement.id} in ${id}`).toBe(quotes.get(requirement.id) ?? requirement.quote);
      quotes.set(requirement.id, requirement.quote);
    }
  }
});

test('a target is called after its path, a mutant names scenarios that there are', () => {
  const known = new Set(scenarios.map(({ id }) => id));
  targets.forEach((target, index) => {
    const path = targetFiles[index]!.replace(/^targets\/|\/target\.ts$|\.ts$/g, '').replace(/^mutants/, 'mutant');
    expect(target.id).toBe(path);
    expect(
      (target.flaw?.caughtBy ?? []).filter((id) => !known.has(id)),
      target.id,
    ).toEqual([]);
  });
});

test('scenarios read no clock and roll no dice of their own', () => {
  for (const file of filesOf('scenarios/**/*.ts', 'mocks/faults/**/*.ts')) {
    expect(readFileSync(join(root, file), 'utf8'), file).not.toMatch(/Date\.now\(|new Date\(\)|Math\.random\(/);
  }
});

test('the first look takes scenarios that there are, for every role', () => {
  const looked = scenarios.filter(({ id }) => firstLook.has(id));
  expect(looked.length).toBe(firstLook.size);
  expect(new Set(looked.map(({ role }) => role))).toEqual(new Set(scenarios.map(({ role }) => role)));
});
