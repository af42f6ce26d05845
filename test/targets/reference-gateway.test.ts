import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import reference from '../../targets/reference/gateway/target.ts';
import { openStage, type Reply } from './reference-stage.ts';

const limits = { apiDeadline: 300, connectDeadline: 200 };

const upstream: readonly [what: string, reply: Reply, status: number, cause: RegExp][] = [
  [
    'never answers',
    'hang',
    504,
    /upstream API https:\S+ failed: timeout: no answer from 127\.0\.0\.1:\d+ within 300 ms/,
  ],
  ['resets', 'reset', 502, /upstream API https:\S+ failed: connection/],
  ['truncates', { headers: { 'content-length': '100' }, body: 'short' }, 504, /upstream API https:\S+ failed/],
  ['answers 500', { status: 500, body: 'oops' }, 500, /upstream API https:\S+ answers 500 itself, passed on/],
  [
    'answers 401',
    { status: 401, headers: { 'www-authenticate': 'Basic' } },
    401,
    /upstream API https:\S+ answers 401 itself, passed on/,
  ],
  ['answers 404', { status: 404 }, 404, /^level=info/],
];

test.each(upstream)('an API that %s', async (_, reply, status, cause) => {
  await using stage = await openStage({ limits });
  stage.api.handle = () => reply;
  const answer = await stage.call({ token: await stage.token() });
  expect(answer.status).toBe(status);
  expect(answer.log).toMatch(cause);
  expect(answer.log).not.toContain('invalid_token');
  if (status >= 502) expect(answer.challenge).toBeUndefined();
  expect(answer.text).not.toContain('127.0.0.1');
});

test('an API that is down is named, and the gateway is back when it is', async () => {
  await using stage = await openStage({ limits });
  const token = await stage.token();
  await stage.api.down();
  const answer = await stage.call({ token });
  expect(answer.status).toBe(502);
  expect(JSON.parse(answer.text)).toMatchObject({
    error: 'bad_gateway',
    error_description: expect.stringContaining('connection refused'),
  });
  expect(answer.log).toMatch(/upstream API \S+ failed: connection to 127\.0\.0\.1:\d+ refused \(ECONNREFUSED\)/);
  await stage.api.up();
  expect((await stage.call({ token })).status).toBe(200);
});

test('passes method, path, query and body on, and the answer back', async () => {
  await using stage = await openStage();
  stage.api.handle = ({ body }) => ({
    status: 201,
    headers: { 'x-api': 'yes', 'content-type': 'text/plain' },
    body: `got ${body}`,
  });
  const answer = await stage.call({ token: await stage.token(), method: 'POST', path: '/orders?dry=1', body: 'hello' });
  expect(answer).toMatchObject({ status: 201, text: 'got hello', headers: { 'x-api': 'yes', 'content-length': '9' } });
  expect(stage.api.seen).toMatchObject([{ method: 'POST', path: '/orders?dry=1', body: 'hello' }]);
});

test.each([
  [{ issuer: '' }, 'issuer is empty'],
  [{ issuer: 'https://idp.example.com' }, "issuer is 'https://idp.example.com', a placeholder"],
  [{ issuer: 'http://idp.test' }, 'which is not https'],
  [{ issuer: 'https://idp.test?tenant=1' }, 'with a query or fragment'],
  [{ api: 'orders' }, 'which is no URL'],
  [{ clientSecret: 'changeme' }, 'clientSecret is a placeholder'],
  [{ clientSecret: 'abc\n' }, 'clientSecret begins or ends with a space'],
] as const)('%j does not start', async (wiring, problem) => {
  await expect(openStage({ wiring })).rejects.toMatchObject({
    name: 'FailwellError',
    code: 'config',
    message: expect.stringContaining(problem),
  });
});

test('a taken port does not start, in one sentence', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  await expect(openStage({ wiring: { port } })).rejects.toMatchObject({
    code: 'target-not-ready',
    message: expect.stringContaining('EADDRINUSE'),
  });
  taken.close();
});

test('stops while a request waits, and says that it was stopped', async () => {
  const stage = await openStage();
  stage.idp.handle = () => 'hang';
  const waiting = stage.call({ token: await stage.token() }).catch((error: Error) => error);
  await expect.poll(() => stage.idp.seen.length).toBe(1);
  await stage.instance.stop();
  expect(await waiting).toBeInstanceOf(Error);
  expect(await stage.instance.exited).toBe('was stopped');
  await stage[Symbol.asyncDispose]();
});

test('the target declares what its settings say', () => {
  expect(reference).toMatchObject({
    id: 'reference/gateway',
    role: 'gateway',
    declares: { leeway: { value: '5000ms' }, keyCache: { value: '600000ms' } },
  });
  expect(reference.flaw).toBeUndefined();
});
