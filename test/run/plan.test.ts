import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Isolation, Scenario } from '../../harness/model/scenario.ts';
import type { Target } from '../../harness/model/target.ts';
import { mustRunSomething, plan, type Selection } from '../../harness/run/plan.ts';
import { scenarios } from '../../scenarios/index.ts';
import { suites } from '../../suites/index.ts';
import reference from '../../targets/reference/gateway/target.ts';
import { scenarioOf } from '../judge/scenario.ts';

const targetOf = (id: string, ...capabilities: string[]): Target => ({ ...reference, id, capabilities });
const named = (id: string, options: Partial<Omit<Scenario, 'expect'>> = {}) => scenarioOf({}, { ...options, id });

const own = [
  named('gateway/token-expired/by-10m', { cause: 'token/expired' }),
  named('gateway/token-expired/missing', { cause: 'token/expired' }),
  named('gateway/token-audience/other', { cause: 'token/audience' }),
  named('@acme/saml/bridge/down', { cause: '@acme/saml/down' }),
  named('idp/code/twice', { role: 'idp', cause: 'attack/code' }),
];
const two = [targetOf('node/express-jwt'), targetOf('reference/gateway')];
const all = { scenarios: own, targets: two };
const ids = (selection: Selection) => plan(all, selection).scenarios.map(({ id }) => id);

describe('patterns', () => {
  test.each<readonly [string, Selection, readonly string[]]>([
    ['an id', { scenarios: ['gateway/token-expired/by-10m'] }, ['gateway/token-expired/by-10m']],
    [
      'a family',
      { scenarios: ['gateway/token-expired'] },
      ['gateway/token-expired/by-10m', 'gateway/token-expired/missing'],
    ],
    ['a star', { scenarios: ['*/missing'] }, ['gateway/token-expired/missing']],
    [
      'alternatives, in the order of the catalogue',
      { scenarios: ['gateway/token-a*', 'gateway/token-expired/by-10m'] },
      ['gateway/token-expired/by-10m', 'gateway/token-audience/other'],
    ],
    ['an id from outside', { scenarios: ['@acme/*'] }, ['@acme/saml/bridge/down']],
    ['a cause', { causes: ['token/audience'] }, ['gateway/token-audience/other']],
    ['causes by star', { causes: ['token/*'] }, own.slice(0, 3).map(({ id }) => id)],
    [
      'both must fit',
      { scenarios: ['*/missing', '*/other'], causes: ['token/expired'] },
      ['gateway/token-expired/missing'],
    ],
    ['none: everything', { scenarios: [] }, own.map(({ id }) => id)],
  ])('%s', (_, selection, expected) => {
    expect(ids(selection)).toEqual(expected);
  });

  test('what means something in a regular expression means itself', () => {
    expect(() => ids({ scenarios: ['gateway.token-expired.by-10m'] })).toThrow('did you mean');
    expect(() => ids({ scenarios: ['(gateway'] })).toThrow("No scenario matches '(gateway'");
  });

  test('a suite chooses unless scenarios are asked for by name', () => {
    const suite = ({ id }: Scenario) => id.endsWith('missing');
    expect(ids({ suite })).toEqual(['gateway/token-expired/missing']);
    expect(ids({ suite, scenarios: ['*/other'] })).toEqual(['gateway/token-audience/other']);
    expect(ids({ suite, causes: ['token/*'] })).toEqual(['gateway/token-expired/missing']);
  });

  test.each<readonly [string, Selection, string]>([
    [
      'scenario',
      { scenarios: ['gateway/token-expird/by-10m'] },
      "No scenario matches 'gateway/token-expird/by-10m': did you mean 'gateway/token-expired/by-10m'?",
    ],
    [
      'family',
      { scenarios: ['gateway/token-audiense'] },
      "No scenario matches 'gateway/token-audiense': did you mean 'gateway/token-audience'?",
    ],
    [
      'target',
      { targets: ['reference/gatway'] },
      "No target matches 'reference/gatway': did you mean 'reference/gateway'?",
    ],
    ['cause', { causes: ['token/expire'] }, "No cause matches 'token/expire': did you mean 'token/expired'?"],
    ['nothing near', { targets: ['zzz'] }, "No target matches 'zzz': choose from node/express-jwt, reference/gateway."],
    ['one of two', { targets: ['reference/*', 'zzz'] }, "No target matches 'zzz'"],
  ])('unknown %s', (_, selection, message) => {
    expect(() => plan(all, selection)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(message) }),
    );
  });

  test('of many, the list is named instead', () => {
    const targets = Array.from({ length: 13 }, (_, at) => targetOf(`acme/${at}`));
    expect(() => plan({ ...all, targets }, { targets: ['zzz'] })).toThrow(
      "No target matches 'zzz': 'failwell list targets' shows those that there are.",
    );
  });
});

describe('capabilities and roles', () => {
  const needs = (...needed: string[]) => [named('gateway/x/y', { needs: needed })];
  const outcome = (needed: string[], has: string[]) => {
    const planned = plan({ scenarios: needs(...needed), targets: [targetOf('a/b', ...has)] }, {});
    return planned.notApplicable[0]?.why ?? 'runs';
  };
  test.each([
    [[], [], 'runs'],
    [['jwt'], ['jwt', 'jwks'], 'runs'],
    [['jwt', 'opaque'], ['jwt'], 'a/b does not declare the capability opaque'],
    [['jwt', 'opaque'], [], 'a/b does not declare the capability jwt, opaque'],
    [['!opaque'], ['jwt'], 'runs'],
    [['!opaque'], ['jwt', 'opaque'], 'a/b declares the capability opaque'],
    [['jwt', '!opaque'], ['opaque'], 'a/b does not declare the capability jwt'],
  ])('needs %j, has %j: %s', (needed, has, expected) => {
    expect(outcome(needed, has)).toBe(expected);
  });

  test('nobody waits for a lifetime that is not declared', () => {
    const waiting = named('gateway/x/y', { stimulus: [{ do: 'wait-out', lifetime: 'codeLifetime' }] });
    const silent = targetOf('a/b');
    const declares = { codeLifetime: { value: '10s', source: 'its documentation' } } as const;
    const planned = plan({ scenarios: [waiting], targets: [silent, { ...targetOf('c/d'), declares }] }, {});
    expect(planned.notApplicable.map(({ why }) => why)).toEqual(['a/b does not declare its codeLifetime']);
    expect(planned.pairs.map(({ target }) => target.id)).toEqual(['c/d']);
  });

  test('another role is neither run nor not applicable', () => {
    const { pairs, notApplicable } = plan(all, { scenarios: ['idp/*'] });
    expect([...pairs, ...notApplicable]).toEqual([]);
  });
});

test('each target in turn, shared scenarios first, fresh ones last', () => {
  const mixed = (['fresh', 'shared', 'exclusive', 'shared'] as const).map((isolation, index) =>
    named(`gateway/x/${index}`, { isolation }),
  );
  const { pairs } = plan({ scenarios: mixed, targets: two }, {});
  expect(pairs.map(({ scenario }) => scenario.id.at(-1)).join('')).toBe('13201320');
  expect(pairs.map(({ target }) => target.id)).toEqual([...Array(4).fill(two[0]?.id), ...Array(4).fill(two[1]?.id)]);
});

test.each<readonly [string, Selection, string]>([
  [
    'an empty shard',
    { shard: { index: 6, of: 6 } },
    'no scenario is in all of what --suite, --scenario, --cause and --shard choose',
  ],
  ['another role', { scenarios: ['idp/*'] }, 'no chosen target has the role'],
])('a plan in which nothing runs is a mistake: %s', (_, selection, message) => {
  expect(() => mustRunSomething(plan(all, selection))).toThrow(message);
  expect(() => mustRunSomething(plan(all, {}))).not.toThrow();
});

describe('shards', () => {
  const isolation = fc.constantFrom<Isolation>('shared', 'exclusive', 'fresh');
  const some = fc
    .array(isolation, { maxLength: 40 })
    .map((list) => list.map((one, index) => named(`gateway/f${index % 5}/v${index}`, { isolation: one })));

  test('are disjoint, together everything, and of nearly the same size', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 12 }), (list, of) => {
        const parts = Array.from(
          { length: of },
          (_, index) => plan({ scenarios: list, targets: two }, { shard: { index: index + 1, of } }).scenarios,
        );
        const together = parts.flat().map(({ id }) => id);
        expect(together.toSorted()).toEqual(list.map(({ id }) => id).toSorted());
        const sizes = parts.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('split what was chosen, and pairs with it', () => {
    const full = plan({ scenarios, targets: [reference] }, { causes: ['token/*'] });
    const parts = [1, 2, 3].map((index) =>
      plan({ scenarios, targets: [reference] }, { causes: ['token/*'], shard: { index, of: 3 } }),
    );
    const key = ({ scenario, target }: (typeof full.pairs)[number]) => `${target.id} ${scenario.id}`;
    expect(parts.flatMap(({ pairs }) => pairs.map(key)).toSorted()).toEqual(full.pairs.map(key).toSorted());
    expect(parts.flatMap((part) => part.notApplicable.map(key)).toSorted()).toEqual(
      full.notApplicable.map(key).toSorted(),
    );
  });
});

test('the suites: full is everything, quick leaves out what waits', () => {
  const [quick, full] = ['quick', 'full'].map((id) =>
    scenarios.filter(suites.find((suite) => suite.id === id)!.includes),
  );
  expect(full).toEqual(scenarios);
  expect(quick!.length).toBeGreaterThan(100);
  expect(quick!.filter(({ slow }) => slow)).toEqual([]);
});
