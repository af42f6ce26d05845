import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { proxyOperations } from '../../harness/admin/proxy-api.ts';
import { caller } from '../alone/admin-fixtures.ts';
import { createContract, type Document, operationsOf } from '../alone/contract.ts';
import { json, proxied, served } from './fixtures.ts';

test('every operation works, and says what the document says', async () => {
  const { url: to } = await served(json(() => ({ access_token: 'an-opaque-token-0123456789' })));
  const proxy = await proxied({ to, admin: true });
  const call = caller(proxy.adminUrl as string);
  const document = (await call('GET', '/openapi.json')).body as Document;
  expect(await new Validator().validate(document as never)).toEqual({ valid: true });
  expect(document).toMatchObject({ info: { title: 'Failwell proxy: admin API' } });
  const described = operationsOf(document);
  expect(described.map(({ operationId }) => operationId)).toEqual(proxyOperations.operations.map(({ id }) => id));
  const contract = createContract(document);
  const does = async (id: string, { path: filled, body }: { path?: string; body?: unknown } = {}) => {
    const { path, method } = described.find(({ operationId }) => operationId === id)!;
    const said = await call(method, filled ?? path, body);
    expect(contract.wrongAnswer(path, method, said), `${id} ${JSON.stringify(said.body)}`).toEqual([]);
    if (body !== undefined && said.status < 300) expect(contract.wrongBody(path, method, body)).toEqual([]);
    return said;
  };

  const { faults: catalogue } = (await does('listCatalogue')).body as { faults: { id: string; layer: string }[] };
  expect(new Set(catalogue.map(({ layer }) => layer))).toEqual(new Set(['dns', 'tcp', 'tls', 'http', 'document']));
  const body = { fault: 'http/status-503', schedule: { when: 'first', count: 1 }, host: '127.0.0.1' };
  expect((await does('placeFault', { body })).body).toEqual({ id: 'fault-1', ...body, summary: expect.any(String) });
  expect((await does('listFaults')).body).toMatchObject({ faults: [body] });
  expect((await fetch(`${proxy.url}/token`, { method: 'POST' })).status).toBe(503);
  expect((await fetch(`${proxy.url}/token`, { method: 'POST' })).status).toBe(200);
  const history = await does('readHistory', { path: `/history?origin=${encodeURIComponent(to)}&limit=1` });
  expect(history.body).toMatchObject({ exchanges: [{ origin: to, faults: ['http/status-503'] }], next: 1 });
  expect(JSON.stringify(history.body)).not.toContain('an-opaque-token');
  expect((await does('readHistory', { path: '/history?origin=http://other.example' })).body).toMatchObject({
    exchanges: [],
  });
  expect((await does('clearFault', { path: '/proxy/faults/fault-1' })).status).toBe(204);
  expect((await does('clearFault', { path: '/proxy/faults/fault-1' })).status).toBe(404);
  await does('placeFault', { body: { fault: 'tcp/reset' } });
  expect((await does('clearFaults')).status).toBe(204);
  expect((await does('clearHistory')).status).toBe(204);
  expect((await does('readHistory')).body).toEqual({ exchanges: [], tokens: [] });
  expect((await does('placeFault', { body: { fault: 'token/audience-other' } })).status).toBe(422);
  expect((await does('placeFault', { body: { fault: 'tcp/refused', at: 'jwks' } })).status).toBe(422);
  expect((await does('placeFault', { body: { fault: 'tcp/reset', only: { client: 'a' } } })).status).toBe(400);
});

test('others than this machine need a secret, and web pages may not', async () => {
  const { url: to } = await served(json(() => ({})));
  await expect(proxied({ to, admin: { host: '0.0.0.0' } })).rejects.toThrow('give it a secret');
  const { adminUrl } = await proxied({ to, admin: { secret: 'only-for-tests' } });
  const call = caller(adminUrl as string);
  expect((await call('GET', '/faults')).status).toBe(401);
  expect((await call('GET', '/faults', undefined, { authorization: 'Bearer only-for-tests' })).status).toBe(200);
  expect((await call('GET', '/faults', undefined, { origin: 'https://evil.example' })).status).toBe(403);
});
