import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { Pool } from 'undici';
import { expect, test } from 'vitest';
import type { AnyFault, PlacedFault } from '../../harness/model/fault.ts';
import type { PlannedAnswer } from '../../harness/model/http.ts';
import { seeded } from '../../harness/random.ts';
import { linkFaults } from '../../mocks/faults/links/all.ts';
import * as links from '../../mocks/faults/links/index.ts';
import { changedAt, namesOf, valueAt } from '../../mocks/faults/links/json-pointer.ts';
import type { SeenExchange } from '../../mocks/links/exchange.ts';
import { openLink } from '../../mocks/links/link.ts';
import { needing } from '../machine.ts';
import { clients } from './links-clients.ts';
import { random } from './links-met.ts';

const name = 'gateway→idp';
const body = Buffer.from(JSON.stringify({ issuer: 'https://idp.example', keys: [], padding: 'x'.repeat(100) }));
const headers = [['Content-Type', 'application/json']] as const;
const placed = (fault: AnyFault, schedule: PlacedFault['schedule'] = { when: 'always' }): PlacedFault => ({
  fault,
  on: name,
  schedule,
});
const get = { method: 'GET', path: '/', headers: [], body: new Uint8Array() };
const [undici, node] = [clients[0]![1], clients[1]![1]];

async function open() {
  const seen: SeenExchange[] = [];
  const link = await openLink({
    name,
    listen: true,
    origin: { handle: async () => ({ status: 200, headers, body }) },
    observe: (exchange) => seen.push(exchange),
    now: () => performance.now(),
  });
  return { ...link, seen };
}

const quick = [
  links.latency({ milliseconds: 5 }),
  links.latency({ milliseconds: 5, jitter: 5 }),
  links.slowDrip({ bytesPerSecond: 10_000 }),
  links.drips({ bytesPerSecond: 10_000 }),
];
const onAnswers = linkFaults
  // How long a head may be is the client's own affair.
  .filter(({ id, seam }) => seam === 'link/answer' && !/(field-oversized|many-fields)$/.test(id))
  .map((fault) => quick.find(({ id }) => id === fault.id) ?? fault);

test.each(onAnswers.map((fault) => [fault.id, fault] as const))(
  '%s is the same with and without a socket',
  async (_, fault) => {
    await using link = await open();
    await using client = node(link.url, undefined, '');
    const clear = await link.place(placed(fault), random);
    const deadline = /\/(hang|stall)/.test(fault.id) ? 200 : 10_000;
    const over = await client.get('/', [], deadline);
    const sent = await link.send(get, { signal: AbortSignal.timeout(deadline) });
    await clear();
    await expect.poll(() => link.seen.length).toBe(2);
    const acted = link.seen.map(({ faults }) => faults);
    expect(acted[0]).toEqual(acted[1]);
    expect(sent.end === 'complete').toBe(over.code === undefined);
    if (over.code !== undefined) return;
    expect([sent.answer?.status, String(sent.answer?.body)]).toEqual([over.status, String(over.body)]);
  },
);

test('a connection that died idle: undici fails once, and is well again', async () => {
  await using link = await open();
  await link.place(placed(links.resetsIdle(), { when: 'first', count: 1 }), random);
  const pool = new Pool(link.url, { connections: 1 });
  const ask = async () => {
    const { statusCode, body } = await pool.request({ method: 'GET', path: '/' });
    await body.dump();
    return statusCode;
  };
  expect(await ask()).toBe(200);
  await expect(ask()).rejects.toMatchObject({ code: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/) });
  expect(await ask()).toBe(200);
  await pool.destroy();
});

test('a connection that died idle: curl tries again by itself on a fresh one', needing('curl'), async () => {
  await using link = await open();
  await link.place(placed(links.resetsIdle(), { when: 'first', count: 1 }), random);
  const options = ['-sS', '-v', '--noproxy', '*', link.url, link.url];
  const { stdout, stderr } = await promisify(execFile)('curl', options);
  expect(stdout).toBe(String(body).repeat(2));
  expect(stderr).toMatch(/Connection died, retrying a fresh connect/);
});

test.each(clients)('the first two connections fail, and then none: %s', async (_, connect) => {
  await using link = await open();
  await using client = connect(link.url, undefined, '');
  await link.place(placed(links.resetsAtOnce(), { when: 'first', count: 2 }), random);
  const codes = [];
  for (let time = 0; time < 3; time += 1) codes.push((await client.get('/')).code);
  expect(codes).toEqual([expect.any(String), expect.any(String), undefined]);
});

const planned: PlannedAnswer = { status: 200, headers, body, at: 0 };

test('jitter is what the seed says, and stays within its bounds', () => {
  const delays = (seed: number) => {
    const dice = seeded(seed, 'jitter');
    const fault = links.latency({ milliseconds: 100, jitter: 50 });
    return Array.from({ length: 20 }, () => fault.apply(planned, dice).delivery?.delay as number);
  };
  expect(delays(1)).toEqual(delays(1));
  expect(delays(1)).not.toEqual(delays(2));
  expect(new Set(delays(1)).size).toBe(20);
  for (const delay of delays(1)) {
    expect(delay).toBeGreaterThanOrEqual(100);
    expect(delay).toBeLessThan(150);
  }
});

test('what is wrong with a delivery adds up', async () => {
  await using link = await open();
  await using client = undici(link.url, undefined, '');
  await link.place(placed(links.latency({ milliseconds: 40 })), random);
  await link.place(placed(links.latency({ milliseconds: 40 })), random);
  await link.place(placed(links.truncated({ bytes: 3 })), random);
  const began = performance.now();
  expect(await client.get('/')).toMatchObject({ status: 200, code: 'UND_ERR_SOCKET' });
  expect(performance.now() - began).toBeGreaterThanOrEqual(78);
  await expect
    .poll(() => link.seen)
    .toMatchObject([{ end: 'truncated', faults: ['tcp/latency', 'tcp/latency', 'http/truncated'] }]);
  expect(String(link.seen[0]?.response?.body)).toBe(String(body.subarray(0, 3)));
});

test('an answer that is held up goes out at once when its fault is cleared', async () => {
  await using link = await open();
  await using client = undici(link.url, undefined, '');
  for (const fault of [links.latency({ milliseconds: 3_600_000 }), links.bandwidth({ bytesPerSecond: 1 })]) {
    const acted = Promise.withResolvers<void>();
    const apply = (answer: PlannedAnswer) => {
      acted.resolve();
      return fault.apply(answer, random);
    };
    const clear = await link.place(placed({ ...fault, apply }), random);
    const pending = client.get('/');
    await acted.promise;
    await clear();
    expect(await pending).toMatchObject({ status: 200, body });
  }
});

test('a JSON Pointer leads where RFC 6901 §5 says', () => {
  const document = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'm~n': 8 };
  for (const [pointer, value] of [
    ['', document],
    ['/foo', document.foo],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/m~0n', 8],
    ['/no', undefined],
    ['/toString', undefined],
  ] as const) {
    expect(valueAt(document, namesOf(pointer)), pointer).toEqual(value);
  }
  expect(changedAt(document, namesOf('/foo/0'), () => undefined)).toEqual({ ...document, foo: ['baz'] });
});

test('a change by path changes that and nothing else', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (document, at) => {
      const keys = Object.keys(document).filter((key) => key !== '__proto__');
      fc.pre(keys.length > 0);
      const key = keys[at % keys.length] as string;
      const pointer = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const changed = changedAt(document as never, namesOf(pointer), () => 'changed') as Record<string, unknown>;
      expect(Object.keys(changed)).toEqual(Object.keys(document));
      for (const [other, value] of Object.entries(document)) {
        expect(changed[other]).toEqual(other === key ? 'changed' : value);
      }
    }),
  );
});

test('a document fault leaves alone what is no JSON, or has nothing there', () => {
  const fault = links.document.removed('/jwks_uri');
  for (const text of ['', '<html>', '[]', 'null', '"jwks_uri"', '{"issuer":"x"}']) {
    const answer = { ...planned, body: Buffer.from(text) };
    expect(fault.apply(answer, random)).toBe(answer);
  }
});
