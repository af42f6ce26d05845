import { Validator } from '@seriousme/openapi-schema-validator';
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { idpOperations } from '../../harness/admin/operations/index.ts';
import { clientMembers, tenantMembers } from '../../harness/admin/schemas.ts';
import type { TenantOptions } from '../../mocks/alone/tenant.ts';
import type { Client } from '../../mocks/idp/registration/client.ts';
import { administered, type Said } from './admin-fixtures.ts';
import { createContract, type Document, operationsOf } from './contract.ts';

const { operations } = idpOperations;

// A member that the API does not know is a compile error here: add it to the schema.
clientMembers satisfies { readonly [M in keyof Required<Client>]: unknown };
/** What JSON cannot say, or nobody needs to. */
type Beyond = 'call' | 'grants' | 'assertions' | 'mtlsOrigin';
tenantMembers satisfies { readonly [M in Exclude<keyof Required<TenantOptions>, Beyond>]: unknown };

test('the document is valid OpenAPI 3.1, and describes every operation that there is and no other', async () => {
  const { call } = await administered();
  const { body } = await call('GET', '/openapi.json');
  const validator = new Validator();
  expect(await validator.validate(body as Record<string, unknown>)).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  const described = operationsOf(body as Document).map(({ path, method, operationId }) => ({
    path,
    method,
    operationId,
  }));
  const there = operations.map(({ path, method, id: operationId }) => ({ path, method, operationId }));
  const byId = (one: { operationId: string }, other: { operationId: string }) =>
    one.operationId.localeCompare(other.operationId);
  expect(described.sort(byId)).toEqual(there.sort(byId));
});

test('every operation works, and says and takes what the document says', async () => {
  const { idp, call } = await administered({ tenants: { acme: {} } });
  const { tenant } = idp;
  const document = (await call('GET', '/openapi.json')).body as Document;
  const contract = createContract(document);
  const succeeded = new Set<string>();
  const described = operationsOf(document);

  /** Calls the operation at a path of the document, with these parameters for its braces. */
  async function does(
    id: string,
    { body, query = '', ...params }: { body?: unknown; query?: string; [name: string]: unknown } = {},
  ): Promise<Said['body']> {
    const { path, method } = described.find(({ operationId }) => operationId === id)!;
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(params[name] ?? 'acme')));
    const said = await call(method, filled + query, body);
    expect(contract.wrongAnswer(path, method, said), `${id} ${JSON.stringify(said.body)}`).toEqual([]);
    if (said.status < 300) {
      succeeded.add(id);
      if (body !== undefined) expect(contract.wrongBody(path, method, body), id).toEqual([]);
    }
    return said.body;
  }

  await does('getDocument');
  await does('createTenant', { body: { name: 'other', fakeUsers: 2, lifetimes: { accessToken: 60 }, scope: 'a b' } });
  expect(await does('getTenant', { tenant: 'other' })).toMatchObject({ issuer: `${idp.issuer}/other`, scope: 'a b' });
  expect(await does('listTenants')).toMatchObject({
    tenants: [{ name: 'default' }, { name: 'acme' }, { name: 'other' }],
  });
  await does('deleteTenant', { tenant: 'other' });
  expect(await does('getTenant', { tenant: 'other' })).toMatchObject({ status: 404 });
  expect(await does('createTenant', { body: { name: 'acme' } })).toMatchObject({ status: 409 });
  expect(await does('deleteTenant', { tenant: 'default' })).toMatchObject({ status: 422 });

  const client = (await does('putClient', { body: { grantTypes: ['client_credentials'] } })) as Client;
  expect(client.secret).toHaveLength(36);
  expect(await does('putClient', { body: { id: 'a/b ü', public: true } })).toEqual({ id: 'a/b ü', public: true });
  expect(await does('getClient', { client: 'a/b ü' })).toEqual({ id: 'a/b ü', public: true });
  for (const body of [{ idTokenSignedResponseAlg: 'XX256' }, { accessTokenSigningAlg: 'HS256' }])
    expect(await does('putClient', { body })).toMatchObject({ status: 422 });
  for (const jwks of [{ keys: [] }, { keys: [{ kty: 'oct', k: 'AAAA' }] }, { keys: [{ kty: 'EC', d: 'AAAA' }] }])
    expect(await does('putClient', { body: { jwks } })).toMatchObject({
      status: 400,
      errors: expect.arrayContaining([expect.objectContaining({ path: expect.stringMatching(/^\/jwks/) })]),
    });
  await does('deleteClient', { client: 'a/b ü' });
  expect(await does('getClient', { client: 'a/b ü' })).toMatchObject({ status: 404 });
  expect(await does('listClients')).toMatchObject({ clients: [{ id: 'web' }, { id: 'native' }, { id: client.id }] });

  await does('putUser', { body: { sub: 'u2', username: 'bob', claims: { name: 'Bob' } } });
  const { users } = (await does('addFakeUsers', { body: { count: 3, seed: 5 } })) as { users: object[] };
  expect(await does('listUsers')).toMatchObject({ users: [{ username: 'alice' }, { username: 'bob' }, ...users] });
  const { cookie } = (await does('logIn', { body: { username: 'bob' } })) as { cookie: string };
  const silently = {
    ...{ client_id: 'native', response_type: 'code', scope: 'openid', prompt: 'none', nonce: 'n' },
    ...{ redirect_uri: 'http://localhost:3000/cb', code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' },
  };
  const there = async () => {
    const url = `${tenant('acme').endpoints.authorization}?${new URLSearchParams(silently)}`;
    const { headers } = await fetch(url, { redirect: 'manual', headers: { cookie } });
    return new URL(headers.get('location') ?? '').searchParams;
  };
  expect((await there()).get('error')).not.toBe('login_required');
  await does('logOut', { username: 'bob' });
  expect((await there()).get('error')).toBe('login_required');
  expect(await does('logOut', { username: 'nobody' })).toMatchObject({ status: 404 });
  await does('deleteUser', { sub: 'u2' });
  expect(await does('logIn', { body: { username: 'bob' } })).toMatchObject({ status: 422 });

  const device = tenant('acme').endpoints['device-authorization'];
  const ask = async () =>
    (await fetch(device, { method: 'POST', body: new URLSearchParams({ client_id: 'native' }) })).json() as Promise<
      Record<string, string>
    >;
  const [first, second] = [await ask(), await ask()];
  expect(await does('listPending')).toMatchObject({
    pending: [{ userCode: first.user_code, client: 'native' }, { id: second.device_code }],
  });
  await does('approve', { body: { code: first.user_code, username: 'alice' } });
  await does('deny', { body: { code: second.device_code } });
  expect(await does('listPending')).toEqual({ pending: [] });
  expect(await does('approve', { body: { code: 'nothing' } })).toMatchObject({ status: 422 });

  const keysOf = (said: unknown) => (said as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
  const before = keysOf(await does('listKeys'));
  const rotated = keysOf(await does('rotateKeys', { body: {} }));
  expect(rotated.slice(1)).toEqual(expect.arrayContaining(before));
  const left = keysOf(await does('withdrawKeys', { body: {} }));
  expect(left).toEqual(rotated.filter((kid) => kid !== before[0]));

  const { kid, alg } = (await does('addKey', { body: { alg: 'EdDSA' } })) as { kid: string; alg: string };
  expect([alg, keysOf(await does('listKeys'))]).toEqual(['EdDSA', [...left, kid]]);
  await does('withdrawKey', { kid });
  expect([keysOf(await does('listKeys')), await does('withdrawKey', { kid })]).toMatchObject([left, { status: 404 }]);
  expect(await does('addKey', { body: { alg: 'none' } })).toMatchObject({ status: 422 });
  expect(await does('rotateKeys', { body: { alg: 'XX1' } })).toMatchObject({ status: 422 });

  const recipe = { user: 'alice', claims: { department: 'R' }, flaws: ['token/expired-by-10m'] };
  const { token } = (await does('mintToken', { body: recipe })) as { token: string };
  const { iss, sub, department, exp = 0 } = decodeJwt(token);
  expect({ iss, sub, department }).toEqual({ iss: `${idp.issuer}/acme`, sub: 'user-1', department: 'R' });
  expect(exp).toBeLessThan(Date.now() / 1000);
  await does('revokeToken', { body: { token } });

  await does('getClock');
  const back = await does('changeClock', { body: { now: '2030-01-01T00:00:00Z', by: '-90s', frozen: true } });
  expect(back).toMatchObject({ now: '2029-12-31T23:58:30.000Z', frozen: true });
  expect(idp.tenant('acme').clock.now()).toBe(Date.parse('2029-12-31T23:58:30Z'));
  expect(await does('changeClock', { body: { now: '2030-01-01T00:00:00Z', by: '-10000000d' } })).toMatchObject({
    status: 422,
  });
  expect(Math.abs(((await does('changeClock', { body: { reset: true } })) as { ahead: number }).ahead)).toBeLessThan(
    1000,
  );

  const { faults: catalogue } = (await does('listCatalogue')) as { faults: { id: string }[] };
  expect(catalogue.length).toBeGreaterThan(100);
  const placed = await does('placeFault', {
    body: { fault: 'http/status-503', at: 'token', schedule: { when: 'first', count: 1 } },
  });
  await does('placeFault', { body: { fault: 'token/audience-other', only: { client: client.id } } });
  expect(await does('placeFault', { body: { fault: 'token/audience-othre' } })).toMatchObject({
    detail: "There is no fault 'token/audience-othre': did you mean 'token/audience-other'?",
  });
  const take = () =>
    fetch(idp.tenant('acme').endpoints.token, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: client.id,
        client_secret: client.secret!,
      }),
    });
  expect([(await take()).status, (await take()).status]).toEqual([503, 200]);
  expect(await does('listFaults')).toMatchObject({ faults: [placed, { fault: 'token/audience-other' }] });
  await does('clearFault', { id: (placed as { id: string }).id });
  expect(await does('listFaults')).toMatchObject({ faults: [{ fault: 'token/audience-other' }] });
  const unavailable = { at: '0ms', do: 'place', fault: 'token-answer/unavailable' };
  await does('playTimeline', { body: { steps: [unavailable, { at: '1h', do: 'rotate-keys' }] } });
  expect((await take()).status).toBe(503);
  expect(await does('playTimeline', { body: { steps: [{ ...unavailable, fault: 'http/status-503' }] } })).toMatchObject(
    {
      status: 422,
    },
  );
  await does('clearFaults');
  expect((await take()).status).toBe(200);
  expect(await does('listFaults')).toEqual({ faults: [] });

  const page = await does('readHistory', { query: '?tenant=acme&endpoint=token&limit=1' });
  expect(page).toMatchObject({
    exchanges: [{ seq: 5, response: { status: 503 }, faults: ['http/status-503', 'token/audience-other'] }],
    next: 5,
  });
  expect(JSON.stringify(await does('readHistory'))).not.toContain(client.secret);
  await does('clearHistory');
  expect(await does('readHistory')).toEqual({ exchanges: [], tokens: [] });
  expect(await does('readHistory', { query: '?limit=0' })).toMatchObject({ status: 400, errors: [{ path: '/limit' }] });

  expect(operations.map(({ id }) => id).filter((id) => !succeeded.has(id))).toEqual([]);
});
