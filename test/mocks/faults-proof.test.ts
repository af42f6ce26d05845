import { beforeAll, expect, test } from 'vitest';
import { idpFaults } from '../../mocks/faults/idp/all.ts';
import { rows as answers } from './faults/answers.ts';
import { rows as authorization } from './faults/authorization.ts';
import { rows as behaviour } from './faults/behaviour.ts';
import { difference } from './faults/difference.ts';
import { rows as documents } from './faults/documents.ts';
import { rows as endpoints } from './faults/endpoints.ts';
import { rows as idTokens } from './faults/id-tokens.ts';
import { type Journey, type Travelled, travel } from './faults/journey.ts';
import type { Row, Rows } from './faults/rows.ts';
import { rows as tokens } from './faults/tokens.ts';

/*
 * Each fault on its journey, next to the same journey without it: what is listed is different, and nothing else in any
 * answer. The worlds roll the same dice and their clocks stand still.
 */
const rows: Rows = { ...answers, ...authorization, ...behaviour, ...documents, ...endpoints, ...idTokens, ...tokens };

test('every fault has its row', () => {
  expect(Object.keys(rows).sort()).toEqual(idpFaults.map(({ id }) => id).sort());
});

const sound = new Map<Journey, Travelled>();

beforeAll(async () => {
  for (const { journey } of Object.values(rows)) if (!sound.has(journey)) sound.set(journey, await travel(journey));
});

test('without a fault, a journey is the same each time', async () => {
  for (const [journey, travelled] of sound) {
    expect(travelled.met).toEqual(new Set());
    expect((await travel(journey)).seen).toEqual(travelled.seen);
  }
});

test.each(idpFaults.map((fault) => [fault.id, fault] as const))('%s changes what it says', async (id, fault) => {
  const { journey, changes } = rows[id] as Row;
  const broken = await travel(journey, fault);
  expect(difference(sound.get(journey) as Travelled, broken)).toEqual(changes);
  expect([...broken.met]).toEqual([id]);
});
