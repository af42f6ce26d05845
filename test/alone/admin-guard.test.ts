import { request } from 'node:http';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { idpOperations } from '../../harness/admin/operations/index.ts';
import { startIdp } from '../../harness/idp.ts';
import { administered, caller } from './admin-fixtures.ts';
import { createContract, type Document, operationsOf } from './contract.ts';

const { operations } = idpOperations;

/** A request with just these fields, whatever a browser or fetch would say of them. */
const bare = (url: string, { method = 'GET', path = '/tenants', ...headers }: Record<string, string>, body = '') =>
  new Promise<number>((resolve, reject) => {
    const asked = request(url, { method, path, headers, setHost: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject).end(body);
  });

test('without a secret, only this machine gets in, under its own name and from no web page', async () => {
  const { idp } = await administered();
  const url = idp.adminUrl as string;
  const { host, port } = new URL(url);
  expect(await bare(url, { host })).toBe(200);
  expect(await bare(url, { host: `127.0.0.1:${port}` })).toBe(200);
  expect(await bare(url, { host: `[::1]:${port}` })).toBe(200);
  for (const other of [
    'attacker.example',
    `attacker.example:${port}`,
    'localhost.attacker.example',
    '127.0.0.1.example',
    '',
  ])
    expect(await bare(url, { host: other }), other).toBe(421);
  expect(await bare(url, { host, origin: `http://${host}` })).toBe(403);
  // What a page of another site can send without asking: a form, or nothing.
  const rotate = { method: 'POST', path: '/tenants/default/keys/rotate', host };
  const [kid] = idp.keys();
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
    expect(await bare(url, { ...rotate, 'content-type': type }, '{}'), type).toBe(415);
  expect(await bare(url, rotate, '')).toBe(415);
  expect(idp.keys()[0]).toEqual(kid);
  const { headers } = await caller(url)('GET', '/tenants');
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

test('with a secret, nobody gets in without it', async () => {
  const secret = 'only for the tests';
  const { idp } = await administered({ admin: { secret: secret.replaceAll(' ', '-') } });
  const call = caller(idp.adminUrl as string);
  const token = secret.replaceAll(' ', '-');
  for (const authorization of ['', 'Bearer', 'Bearer x', `Basic ${token}`, `Bearer ${token}x`, token])
    for (const { method, path } of operations) {
      const said = await call(method, path, undefined, authorization ? { authorization } : {});
      expect(said, `${authorization} ${method} ${path}`).toMatchObject({ status: 401, body: { status: 401 } });
      expect(said.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  expect(await call('GET', '/tenants', undefined, { authorization: `bearer ${token}` })).toMatchObject({ status: 200 });
});

test('it does not listen for others without a secret', async () => {
  for (const host of ['0.0.0.0', '::', '192.0.2.1']) {
    const starting = startIdp({ admin: { host } });
    await expect(starting, host).rejects.toThrow('give it a secret');
    await expect(startIdp({ admin: { host, secret: '' } }), host).rejects.toThrow('give it a secret');
  }
  const idp = await startIdp({ admin: { host: '0.0.0.0', secret: 'known' } });
  onTestFinished(() => idp[Symbol.asyncDispose]());
  const { port } = new URL(idp.adminUrl as string);
  // The secret is what protects it now, so it may be called by any name.
  expect(await bare(`http://127.0.0.1:${port}`, { host: 'idp.example', authorization: 'Bearer known' })).toBe(200);
  expect(await bare(`http://127.0.0.1:${port}`, { host: 'idp.example' })).toBe(401);
});

test.each([
  ['no JSON', '{', 400],
  ['not UTF-8', '"\xff"', 400],
  ['too long', `"${'x'.repeat(1024 * 1024)}"`, 413],
  ['too deep', `{"username":"x","claims":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
  ['deep enough to be refused', `{"username":"x","claims":{"a":${'['.repeat(70)}${']'.repeat(70)}}}`, 400],
  ['no object', '[]', 400],
  ['unknown members', '{"username":"x","admin":true}', 400],
  ['a prototype', '{"username":"x","__proto__":{"password":"y"}}', 400],
])('a body that is wrong is refused and changes nothing: %s', async (_, body, status) => {
  const { idp } = await administered();
  const latin1 = Buffer.from(body, 'latin1');
  const answer = await fetch(`${idp.adminUrl}/tenants/default/users`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: latin1,
  });
  expect(await answer.json()).toMatchObject({ status });
  expect(answer.status).toBe(status);
  expect(idp.users.list()).toHaveLength(1);
});

test('a path that is wrong: 404, 405 with Allow, 400', async () => {
  const { call } = await administered();
  expect(await call('GET', '/')).toMatchObject({ status: 404, type: 'application/problem+json' });
  expect(await call('GET', '/tenants/default/nothing')).toMatchObject({ status: 404 });
  expect(await call('GET', '/tenants/constructor')).toMatchObject({ status: 404 });
  expect(await call('GET', '/tenants/%ff')).toMatchObject({ status: 400 });
  const wrong = await call('DELETE', '/tenants');
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, POST']);
  expect((await call('OPTIONS', '/tenants')).status).toBe(405);
  const head = await call('HEAD', '/tenants');
  expect([head.status, head.body]).toEqual([200, undefined]);
});

test('whatever is sent, the answer is a described one, and what the document does not allow is refused', async () => {
  const { idp, call } = await administered();
  const document = (await call('GET', '/openapi.json')).body as Document;
  const contract = createContract(document);
  const words = fc.constantFrom(
    ...['name', 'id', 'username', 'claims', 'fault', 'schedule', 'when', 'count', 'first', 'token', 'by', 'now', '-5m'],
    ...[
      'frozen',
      'clients',
      'acme',
      'default',
      'kind',
      'flaws',
      'token/expired-by-10m',
      'tcp/refused',
      '__proto__',
      'jwks',
      'keys',
    ],
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      fc.oneof(words, fc.string(), fc.boolean(), fc.integer(), fc.double(), fc.constant(null)),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(words, tie('any'), { maxKeys: 4 }),
    ),
  })).any;
  const written = operationsOf(document).filter(({ requestBody }) => requestBody);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...written),
      fc.oneof(fc.dictionary(words, value), value),
      async ({ path, method }, body) => {
        const said = await call(method, path.replace('{tenant}', 'default'), JSON.stringify(body));
        expect(contract.wrongAnswer(path, method, said)).toEqual([]);
        const sent: unknown = JSON.parse(JSON.stringify(body));
        if (contract.wrongBody(path, method, sent).length > 0) expect(said.status).toBeGreaterThanOrEqual(400);
      },
    ),
    { numRuns: 500 },
  );
  expect((await call('GET', '/tenants')).status).toBe(200);
  await idp.clearFaults();
  expect((await fetch(idp.endpoints.jwks)).status).toBe(200);
});
