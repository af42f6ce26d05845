import { expect, test } from 'vitest';
import type { PlannedAnswer } from '../../harness/model/http.ts';
import { seeded } from '../../harness/random.ts';
import { createApi } from '../../mocks/api/api.ts';
import * as resource from '../../mocks/faults/resource/index.ts';
import { get, read, text } from './idp-fixtures.ts';

const api = createApi({
  resource: 'https://api.example/items',
  authorizationServers: ['https://idp.example'],
  scopes: ['items:read'],
});
const document = get('/.well-known/oauth-protected-resource/items');
const answer = async (request = document): Promise<PlannedAnswer> => ({
  ...(await api.handle(request)),
  at: 0,
});
const right = read(await answer());
const { authorization_servers: _, ...without } = right;

const rows = [
  [resource.resourceOther(), { ...right, resource: 'https://other-api.example' }],
  [resource.resourceTrailingSlash(), { ...right, resource: 'https://api.example/items/' }],
  [resource.authorizationServerOther(), { ...right, authorization_servers: ['https://issuer.attacker.example'] }],
  [
    resource.authorizationServerOther({ issuer: 'https://b.example' }),
    { ...right, authorization_servers: ['https://b.example'] },
  ],
  [resource.authorizationServersMissing(), without],
] as const;

test.each(rows)('$id changes the metadata and nothing else', async (fault, expected) => {
  const before = await answer();
  const after = fault.apply(before, seeded(1, 'fault')) as PlannedAnswer;
  expect(read(after)).toEqual(expected);
  expect({ ...after, body: before.body }).toEqual(before);
  const other = await answer({ ...get('/items'), headers: [['Authorization', 'Bearer t']] });
  expect(text(fault.apply(other, seeded(1, 'fault')) as PlannedAnswer)).toBe(text(other));
});

test('each of them stands in the table above', () => {
  const ids = new Set(rows.map(([{ id }]) => id));
  expect([...ids].sort()).toEqual(resource.resourceFaults.map(({ id }) => id).sort());
});
