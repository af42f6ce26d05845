import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { AnyFault } from '../../harness/model/fault.ts';
import type { HttpAnswer } from '../../harness/model/http.ts';
import { seeded } from '../../harness/random.ts';
import { faults } from '../../mocks/faults/all.ts';
import * as links from '../../mocks/faults/links/index.ts';
import type { SeenExchange } from '../../mocks/links/exchange.ts';
import { openSeen } from './links-served.ts';

/*
 * Whatever is wrong with an answer and with a request at once, and whatever the far end says: a link lives on, is done
 * within a bound, and records what the near end got and nothing else.
 */
const on = 'client→idp';

/** As quick as a test should be. */
const quick = [
  links.latency({ milliseconds: 5 }),
  links.latency({ milliseconds: 5, jitter: 5 }),
  links.bandwidth({ bytesPerSecond: 10_000_000 }),
  links.slowDrip({ bytesPerSecond: 1_000_000 }),
  links.drips({ bytesPerSecond: 1_000_000 }),
];
const catalogue = faults
  .filter(({ seam }) => seam === 'link/answer' || seam === 'link/request')
  .map((fault) => quick.find(({ id }) => id === fault.id) ?? fault);

const parametric: fc.Arbitrary<AnyFault> = fc.oneof(
  fc.nat(300).map((bytes) => links.truncated({ bytes })),
  fc.nat(300).map((bytes) => links.resetAfter({ bytes })),
  fc.integer({ min: 200, max: 599 }).map((status) => links.status(status)),
);
const several = fc
  .tuple(
    fc.shuffledSubarray(catalogue, { minLength: 1, maxLength: 4 }),
    fc.array(parametric, { maxLength: 1 }),
    fc.boolean(),
  )
  .map(([chosen, more, first]) => (first ? [...more, ...chosen] : [...chosen, ...more]));

const json = fc
  .record(
    { issuer: fc.webUrl(), jwks_uri: fc.webUrl(), keys: fc.array(fc.object()), access_token: fc.string() },
    { requiredKeys: [] },
  )
  .map((value) => Buffer.from(JSON.stringify(value)));
const answers: fc.Arbitrary<HttpAnswer> = fc
  .record({
    status: fc.constantFrom(200, 201, 204, 302, 304, 400, 401, 500),
    type: fc.constantFrom('application/json', 'text/html', 'application/octet-stream'),
    cookies: fc.boolean(),
    body: fc.oneof(json, fc.uint8Array({ maxLength: 40_000 }), fc.constant(new Uint8Array())),
  })
  .map(({ status, type, cookies, body }) => ({
    status,
    headers: [
      ['Content-Type', type],
      ['Access-Control-Allow-Origin', '*'],
      ...(cookies ? ([['Set-Cookie', 'sid=1; Path=/']] as const) : []),
    ],
    body: status === 204 || status === 304 ? new Uint8Array() : body,
  }));
const methods = fc.constantFrom('GET', 'HEAD', 'POST');

/** Milliseconds until whoever asks has had enough: of silence, and of all. */
const [quiet, enough] = [200, 800];

/** All bytes that came, and whether the connection ended by itself. */
function ask(url: string, method: string): Promise<{ readonly bytes: Buffer; readonly ended: boolean }> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
  const body = 'grant_type=client_credentials';
  const framing =
    method === 'POST' ? `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n` : '';
  const sent = method === 'POST' ? body : '';
  socket.write(
    `${method} /token?a=1 HTTP/1.1\r\nHost: idp\r\nAuthorization: Bearer t\r\nConnection: close\r\n${framing}\r\n${sent}`,
  );
  const chunks: Buffer[] = [];
  let ended = true;
  const leave = () => {
    ended = false;
    socket.destroy();
  };
  const timer = setTimeout(leave, enough);
  socket.setTimeout(quiet, leave);
  return new Promise((resolve) => {
    socket.on('data', (chunk) => chunks.push(chunk)).on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve({ bytes: Buffer.concat(chunks), ended });
    });
  });
}

/** Rejects when something takes longer than it may. */
const within = <T>(milliseconds: number, what: string, promise: Promise<T>): Promise<T> => {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${what} took more than ${milliseconds} ms`)), milliseconds);
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

/** What a record claims must be in what came; and all that came is in it when nobody left early. */
function truthful(
  { response, end, faults: acted }: SeenExchange,
  { bytes, ended }: { readonly bytes: Buffer; readonly ended: boolean },
): void {
  if (!response) {
    // A body without a head is no answer.
    if (acted.includes('http/headless')) return;
    // Nothing but interim answers.
    expect(bytes.toString('latin1').replaceAll(/HTTP\/1\.1 1\d\d [\s\S]*?\r\n\r\n/g, '')).toBe('');
    return;
  }
  const body = Buffer.from(response.body);
  const whole = ended && end !== 'reset';
  const text = bytes.toString('latin1');
  const heads = text.matchAll(/(?:^|\r\n\r\n)HTTP\/1\.1 (\d{3})[ \r]/g);
  const last = [...heads].map(([, status]) => Number(status)).findLast((status) => status >= 200);
  // A status line that the fault garbled says nothing that could be compared.
  if (last !== undefined) expect(response.status).toBe(last);
  if (whole) {
    expect(bytes.subarray(bytes.byteLength - body.byteLength).equals(body)).toBe(true);
    const before = bytes.subarray(0, bytes.byteLength - body.byteLength);
    expect(before.byteLength === 0 || before.subarray(-4).toString('latin1') === '\r\n\r\n').toBe(true);
    for (const [name, value] of response.headers) expect(before.toString('latin1')).toContain(`${name}: ${value}`);
    return;
  }
  // A reset may overtake bytes, and whoever leaves gets no more: what came after the head is how the body begins.
  const at = text.lastIndexOf('HTTP/1.1 ');
  const head = text.indexOf('\r\n\r\n', Math.max(0, at));
  if (head < 0) return;
  const came = bytes.subarray(head + 4);
  expect(body.subarray(0, came.byteLength).equals(came)).toBe(true);
}

const unexpected: unknown[] = [];
const crashed = (problem: unknown) => void unexpected.push(problem);

test('over a socket: it lives on, is done in time, and tells what came', async () => {
  process.on('uncaughtException', crashed).on('unhandledRejection', crashed);
  onTestFinished(() => void process.off('uncaughtException', crashed).off('unhandledRejection', crashed));
  let answer: HttpAnswer;
  await using link = await openSeen({ name: on, origin: { handle: async () => answer } });
  const property = fc.asyncProperty(several, answers, methods, fc.integer(), async (chosen, said, method, seed) => {
    answer = said;
    link.seen.length = 0;
    const clears = [];
    for (const fault of chosen)
      clears.push(await link.place({ fault, on, schedule: { when: 'always' } }, seeded(seed, fault.id)));
    const came = await within(enough + 20_000, 'the answer', ask(link.url, method));
    for (const clear of clears) await clear();
    const [seen] = await within(20_000, 'the telling', link.until(1));
    expect(seen!.faults.every((id) => chosen.some((fault) => fault.id === id))).toBe(true);
    truthful(seen!, came);
    answer = { status: 200, headers: [], body: Buffer.from('well') };
    const healthy = await within(30_000, 'a sound answer', fetch(link.url, { headers: { connection: 'close' } }));
    expect(await healthy.text()).toBe('well');
    await link.until(2);
  });
  await fc.assert(property, { numRuns: Number(process.env.FAILWELL_FUZZ ?? 100) });
  expect(unexpected).toEqual([]);
}, 300_000);

test('without a socket: it never rejects, is done in time, and tells what it returned', async () => {
  let answer: HttpAnswer;
  await using link = await openSeen({ name: on, origin: { handle: async () => answer }, listen: false });
  const property = fc.asyncProperty(several, answers, methods, fc.integer(), async (chosen, said, method, seed) => {
    answer = said;
    link.seen.length = 0;
    const clears = [];
    for (const fault of chosen)
      clears.push(await link.place({ fault, on, schedule: { when: 'always' } }, seeded(seed, fault.id)));
    const body = method === 'POST' ? Buffer.from('grant_type=client_credentials') : new Uint8Array();
    const headers = [
      ['Authorization', 'Bearer t'],
      ['Content-Type', 'application/x-www-form-urlencoded'],
    ] as const;
    const sending = link.send({ method, path: '/token?a=1', headers, body }, { signal: AbortSignal.timeout(quiet) });
    const sent = await within(quiet + 20_000, 'sending', sending);
    for (const clear of clears) await clear();
    const [seen] = await within(20_000, 'the telling', link.until(1));
    expect(seen).toMatchObject({ id: sent.exchangeId, end: sent.end });
    expect(seen!.response?.status).toBe(sent.answer?.status);
    expect(Buffer.from(seen!.response?.body ?? []).equals(Buffer.from(sent.answer?.body ?? []))).toBe(true);
    answer = { status: 200, headers: [], body: Buffer.from('well') };
    const request = { method: 'GET', path: '/', headers: [], body: new Uint8Array() };
    const healthy = await link.send(request, { signal: AbortSignal.timeout(30_000) });
    expect([healthy.end, String(healthy.answer?.body)]).toEqual(['complete', 'well']);
  });
  await fc.assert(property, { numRuns: Number(process.env.FAILWELL_FUZZ ?? 100) });
}, 300_000);
