import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../harness/model/event.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import logsLate from '../../targets/mutants/logs-late.ts';
import client from '../../targets/reference/client/target.ts';
import reference from '../../targets/reference/gateway/target.ts';
import idp from '../../targets/reference/idp/target.ts';
import { essence, quick, type Ran, runOn } from './engine.ts';

/** What stays the same with other dice, too: how each property was judged, and how well it was explained. */
const values = ({ verdicts }: Ran) =>
  Object.fromEntries(
    [...verdicts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([pair, { value, properties, diagnosis }]) => [
        pair,
        [
          value,
          ...Object.values(properties).map((property) => property.value),
          diagnosis.caller.grade,
          diagnosis.operator.grade,
        ],
      ]),
  );

describe('the verdicts are the same whatever runs beside them and in which order', () => {
  test('on the reference, the quick suite', async () => {
    const alone = await runOn([reference], quick, { pool: 1 });
    expect(alone.exit).toBe(0);
    expect(alone.verdicts.size).toBeGreaterThan(100);
    const expected = essence(alone);
    for (const options of [{ pool: 4 }, { pool: 4, shuffle: 1 }, { pool: 4, shuffle: 2 }, { pool: 2, shuffle: 3 }])
      expect(essence(await runOn([reference], quick, options)), JSON.stringify(options)).toEqual(expected);
  });

  test.each([client, idp])('on $id, the quick suite', { timeout: 120_000 }, async (target) => {
    const alone = await runOn([target], quick, { pool: 1 });
    expect(alone.exit).toBe(0);
    expect(alone.verdicts.size).toBeGreaterThan(100);
    const expected = values(alone);
    for (const options of [
      { pool: 4, shuffle: 1, seed: 2 },
      { pool: 2, shuffle: 2, seed: 3 },
    ])
      expect(values(await runOn([target], quick, options)), JSON.stringify(options)).toEqual(expected);
  });

  test('on the canary that logs half a second late: its lines are attributed to the right scenario', async () => {
    const some = quick.filter(({ id }) =>
      /^gateway\/(?:token-expired\/(?:by-10m|by-1d|fraction)|token-audience\/|token-issuer\/other|upstream\/(?:refused|status-500))/.test(
        id,
      ),
    );
    const twelve = some.slice(0, 12);
    expect(twelve.length).toBeGreaterThan(8);
    const [late, shuffled, prompt] = [
      await runOn([logsLate], twelve, { pool: 4 }),
      await runOn([logsLate], twelve, { pool: 4, shuffle: 1 }),
      await runOn([reference], twelve, { pool: 4 }),
    ];
    expect(essence(shuffled)).toEqual(essence(late));
    // Late is no flaw: the same as the gateway that it is a copy of.
    const renamed = JSON.stringify(essence(late)).replaceAll(logsLate.id, reference.id);
    expect(JSON.parse(renamed)).toEqual(essence(prompt));
    expect(late.exit).toBe(0);
  });
});

test('the same seed makes the same tokens for a scenario, whatever else runs', async () => {
  const flawed = quick.filter(({ id }) => /^gateway\/token-(?:expired|signature|scope)\//.test(id));
  const varying = new Set(['iat', 'exp', 'nbf', 'iss']);
  const claims = (events: readonly RunEvent[], scenario: string) =>
    events.flatMap((event) =>
      event.type === 'entry' &&
      event.scenario === scenario &&
      event.entry.kind === 'token' &&
      event.entry.ref.startsWith('access')
        ? [
            Object.fromEntries(
              Object.entries((event.entry.payload ?? {}) as JsonObject).filter(([name]) => !varying.has(name)),
            ),
          ]
        : [],
    );
  const [many, shuffled, otherSeed] = [
    await runOn([reference], quick, { seed: 7 }),
    await runOn([reference], flawed, { seed: 7, pool: 1, shuffle: 5 }),
    await runOn([reference], flawed, { seed: 8 }),
  ];
  const one = flawed.find(({ id }) => id.endsWith('by-10m'))!;
  const alone = await runOn([reference], [one], { seed: 7 });
  expect(claims(alone.events, one.id)).toEqual(claims(many.events, one.id));
  expect(claims(alone.events, one.id)).not.toEqual([]);
  for (const { id } of flawed) expect(claims(shuffled.events, id), id).toEqual(claims(many.events, id));
  expect(claims(otherSeed.events, one.id)).not.toEqual(claims(many.events, one.id));
});
