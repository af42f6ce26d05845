import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { beforeAll, expect, test } from 'vitest';
import type { AnyFault, PlacedFault } from '../../harness/model/fault.ts';
import { seeded } from '../../harness/random.ts';
import { linkFaults } from '../../mocks/faults/links/all.ts';
import * as links from '../../mocks/faults/links/index.ts';
import { openLink, type TcpOrigin } from '../../mocks/links/link.ts';
import type { LinkTls } from '../../mocks/links/listener.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { random } from './links-met.ts';
import { openSeen, tcp } from './links-served.ts';

const name = 'idp→store';
const { stream } = links;
const always = (fault: AnyFault, more: Partial<PlacedFault> = {}): PlacedFault => ({
  fault,
  on: name,
  schedule: { when: 'always' },
  ...more,
});
let authority: Authority;
let tls: LinkTls;
beforeAll(async () => {
  authority = await createAuthority({ clock: { now: () => Date.now() } });
  tls = { ...(await authority.issue({ hosts: ['127.0.0.1'] })), authority };
});

/** Greets, as databases do, answers every line with itself, and ends when its peer does. */
const store = () =>
  tcp((socket) => {
    socket.write('ready\n');
    socket.pipe(socket);
  });
const open = (port: number, more: { readonly tls?: LinkTls } = {}) =>
  openSeen({ name, origin: { tcp: { host: '127.0.0.1', port } }, ...more });
const portOf = (url: string) => Number(new URL(url).port);
const dial = (url: string): Socket => connect({ host: '127.0.0.1', port: portOf(url), allowHalfOpen: true });

/** What one connection comes to that says a line: all that came back, or the code of its failure. */
async function says(url: string, line: string): Promise<string> {
  const socket = dial(url);
  socket.end(line);
  return await text(socket).catch((problem: NodeJS.ErrnoException) => String(problem.code));
}

test('bytes pass both ways, with half-closes, and are counted', async () => {
  await using far = await store();
  await using link = await open(far.port);
  expect(link.url).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/);
  const long = Buffer.alloc(5_000_000, 'x');
  const socket = dial(link.url);
  socket.end(long);
  expect((await buffer(socket)).byteLength).toBe(long.byteLength + 6);
  const [seen] = await link.until(1);
  expect(seen).toMatchObject({
    link: name,
    end: 'complete',
    faults: [],
    stream: { near: long.byteLength, far: long.byteLength + 6 },
    timings: { connect: expect.any(Number), wait: expect.any(Number), receive: expect.any(Number) },
  });
  expect([seen?.request, seen?.response, seen?.errors]).toEqual([undefined, undefined, undefined]);
});

test('each piece passes when it is sent, in both directions', async () => {
  await using far = await store();
  await using link = await open(far.port);
  const socket = dial(link.url);
  const parts = socket[Symbol.asyncIterator]();
  expect(String((await parts.next()).value)).toBe('ready\n');
  for (const line of ['one\n', 'two\n']) {
    socket.write(line);
    expect(String((await parts.next()).value)).toBe(line);
  }
  socket.end();
  expect((await parts.next()).done).toBe(true);
});

test('what breaks at one end breaks at the other, and is told with its errno', async () => {
  const dead = await store();
  await dead[Symbol.asyncDispose]();
  await using none = await open(dead.port);
  expect(await says(none.url, 'hello')).toBe('ECONNRESET');
  expect(await none.until(1)).toMatchObject([
    { end: 'refused', errors: { first: 'far', far: { code: 'ECONNREFUSED' } } },
  ]);

  await using resetting = await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
  await using broken = await open(resetting.port);
  expect(await says(broken.url, 'hello')).toBe('ECONNRESET');
  expect(await broken.until(1)).toMatchObject([
    { end: 'reset', errors: { first: 'far', far: { code: 'ECONNRESET' } }, stream: { near: 5, far: 0 } },
  ]);

  const left = Promise.withResolvers<string>();
  await using far = await tcp((socket) => {
    socket.on('error', (problem: NodeJS.ErrnoException) => left.resolve(String(problem.code)));
    socket.write('ready');
  });
  await using link = await open(far.port);
  const socket = dial(link.url);
  await once(socket, 'data');
  socket.resetAndDestroy();
  expect(await left.promise).toBe('ECONNRESET');
  expect(await link.until(1)).toMatchObject([
    { end: 'reset', errors: { first: 'near', near: { code: 'ECONNRESET' } } },
  ]);
});

test('every fault of a connection is met, and gone when it is cleared', async () => {
  await using far = await store();
  const expected: { readonly [id: string]: { readonly came: string; readonly end: string } } = {
    'tcp/refused': { came: 'ECONNREFUSED', end: '' },
    'tcp/reset': { came: 'ECONNRESET', end: 'reset' },
    'tcp/reset-at-connect': { came: 'ECONNRESET', end: 'reset' },
    'tcp/close-at-connect': { came: '', end: 'truncated' },
    'tcp/other-service': { came: 'SSH-2.0-OpenSSH_9.2p1\r\n', end: 'truncated' },
    'tcp/stream-reset': { came: 'ECONNRESET', end: 'reset' },
    'tcp/stream-close': { came: 'ready\n0123456789', end: 'truncated' },
  };
  for (const [id, { came, end }] of Object.entries(expected)) {
    await using link = await open(far.port);
    expect(await says(link.url, '0123456789abcdef')).toBe('ready\n0123456789abcdef');
    const clear = await link.place(always(linkFaults.find((fault) => fault.id === id)!), random);
    const says_ = await says(link.url, '0123456789abcdef');
    // An early close may show as a reset, when bytes of the peer are on their way.
    expect(id === 'tcp/close-at-connect' && says_ === 'ECONNRESET' ? '' : says_, id).toBe(came);
    await clear();
    expect(await says(link.url, 'x')).toBe('ready\nx');
    const faulty = link.seen.filter(({ faults }) => faults.length > 0);
    expect(faulty, id).toMatchObject(end === '' ? [] : [{ end, faults: [id], errors: { first: 'near' } }]);
    expect(link.seen.at(-1)).toMatchObject({ end: 'complete', faults: [] });
  }
});

test('a stalled connection stands until the fault is cleared; a half-closed one still takes what comes', async () => {
  for (const [fault, end] of [
    [stream.stalls({ bytes: 3 }), 'hung'],
    [stream.halfCloses({ bytes: 3 }), 'truncated'],
  ] as const) {
    const taken: string[] = [];
    const took = Promise.withResolvers<void>();
    await using far = await tcp((socket) => {
      socket.on('data', (chunk) => taken.push(String(chunk)) && took.resolve());
      socket.write('ready');
    });
    await using link = await open(far.port);
    const clear = await link.place(always(fault), random);
    const socket = dial(link.url);
    const parts = socket[Symbol.asyncIterator]();
    expect(String((await parts.next()).value)).toBe('rea');
    // Its close tears off what it waits for.
    const next = parts.next().catch(() => undefined);
    if (end === 'truncated') expect((await next)?.done).toBe(true);
    socket.write('more');
    await took.promise;
    expect(taken).toEqual(['more']);
    expect(link.seen).toEqual([]);
    await clear();
    expect(await link.until(1)).toMatchObject([{ end, faults: [fault.id], stream: { near: 4, far: 3 } }]);
    socket.destroy();
  }
});

test('late and slow bytes are late and slow, all there, and at once when the fault is cleared', async () => {
  await using far = await store();
  for (const [fault, takes] of [
    [stream.latency({ milliseconds: 60 }), 58],
    [stream.latency({ milliseconds: 60, jitter: 20 }), 58],
    [stream.bandwidth({ bytesPerSecond: 200 }), 50],
    [stream.slowDrip({ bytesPerSecond: 200 }), 50],
  ] as const) {
    await using link = await open(far.port);
    const clear = await link.place(always(fault), random);
    const began = performance.now();
    expect(await says(link.url, '0123456789abcdef')).toBe('ready\n0123456789abcdef');
    expect(performance.now() - began, fault.id).toBeGreaterThanOrEqual(takes);
    expect(await link.until(1)).toMatchObject([{ end: 'complete', faults: [fault.id] }]);
    await clear();
  }
  await using link = await open(far.port);
  const met = Promise.withResolvers<void>();
  const slow = stream.latency({ milliseconds: 3_600_000 });
  const apply: typeof slow.apply = (plan, dice) => {
    const { delay, ...rest } = slow.apply(plan, dice);
    const told = () => {
      met.resolve();
      return delay?.() ?? 0;
    };
    return { ...rest, delay: told };
  };
  const clear = await link.place(always({ ...slow, apply }), random);
  const pending = says(link.url, 'x');
  await met.promise;
  await clear();
  expect(await pending).toBe('ready\nx');
});

test('pieces that are late overlap on the way, and none overtakes another', async () => {
  await using far = await tcp(async (socket) => {
    for (let n = 0; n < 10; n += 1) {
      await new Promise((resolve) => socket.write(`${n}`, resolve));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    socket.end();
  });
  await using link = await open(far.port);
  await link.place(always(stream.latency({ milliseconds: 150, jitter: 100 })), seeded(1, 'jitter'));
  const began = performance.now();
  expect(await says(link.url, '')).toBe('0123456789');
  // One after the other they would take 1.5 seconds.
  expect(performance.now() - began).toBeLessThan(1_200);
});

test('every fault of such a connection has been seen here', async () => {
  const own = linkFaults.filter(({ seam }) => seam === 'link/stream').map(({ id }) => id.replace('tcp/stream-', ''));
  expect(own.sort()).toEqual(
    ['latency', 'latency-jitter', 'bandwidth', 'slow-drip', 'reset', 'close', 'half-close', 'stall'].sort(),
  );
});

test('a schedule counts connections: the first two fail, and then none', async () => {
  await using far = await store();
  for (const fault of [links.resets(), stream.resets({ bytes: 0 })]) {
    await using link = await open(far.port);
    await link.place(always(fault, { schedule: { when: 'first', count: 2 } }), random);
    const came = [];
    for (let n = 0; n < 3; n += 1) came.push(await says(link.url, 'x'));
    expect(came).toEqual(['ECONNRESET', 'ECONNRESET', 'ready\nx']);
  }
});

test('placing a fault ends the connections that stand', async () => {
  await using far = await store();
  await using link = await open(far.port);
  const socket = dial(link.url);
  await once(socket, 'data');
  const closed = once(socket, 'close');
  socket.on('error', () => undefined);
  await link.place(always(stream.latency()), random);
  socket.destroy();
  await closed;
  expect(await link.until(1)).toMatchObject([{ end: 'closed', faults: [] }]);
});

test('TLS is terminated, spoken to the far end where that wants it, and broken on demand', async () => {
  const served = await authority.issue({ hosts: ['127.0.0.1'] });
  const server = createTlsServer(served, (socket) => void socket.on('error', () => undefined).pipe(socket));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { port: number };
  const origin: TcpOrigin = { tcp: { host: '127.0.0.1', port, tls: { ca: authority.caPem } } };
  await using link = await openSeen({ name, origin, tls });
  const options = { host: '127.0.0.1', port: portOf(link.url), ca: authority.caPem };
  async function greets(): Promise<string> {
    const socket = connectTls(options);
    try {
      await once(socket, 'secureConnect');
      socket.write('hello');
      const [came] = await once(socket, 'data');
      return String(came);
    } catch (problem) {
      return String((problem as NodeJS.ErrnoException).code);
    } finally {
      socket.destroy();
    }
  }
  expect(await greets()).toBe('hello');
  expect(await link.until(1)).toMatchObject([{ timings: { tls: expect.any(Number) }, stream: { near: 5, far: 5 } }]);
  for (const [fault, code] of [
    [links.tls.expiredCertificate(), 'CERT_HAS_EXPIRED'],
    [links.tls.alerts(), /^ERR_SSL_/],
    [links.tls.handshakeResets(), 'ECONNRESET'],
  ] as const) {
    const { length } = link.seen;
    const clear = await link.place(always(fault), random);
    expect(await greets()).toMatch(code);
    await clear();
    expect((await link.until(length + 1))[length]).toMatchObject({ faults: [fault.id] });
    expect(await greets()).toBe('hello');
    await link.until(length + 2);
  }
  await new Promise((resolve) => server.close(resolve));
});

test('a far end that does not show the right certificate is told of', async () => {
  const server = createTlsServer(await authority.issue({ hosts: ['other.example'] }), () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { port: number };
  await using link = await openSeen({
    name,
    origin: { tcp: { host: '127.0.0.1', port, tls: { ca: authority.caPem } } },
  });
  expect(await says(link.url, 'x')).toBe('ECONNRESET');
  const errors = { first: 'far', far: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, near: { code: 'ECONNRESET' } };
  expect(await link.until(1)).toMatchObject([{ end: 'tls-failed', errors }]);
  await new Promise((resolve) => server.close(resolve));
});

test('a store that was started again is found at its new port', async () => {
  await using one = await tcp((socket) => socket.end('one'));
  await using two = await tcp((socket) => socket.end('two'));
  await using link = await open(one.port);
  expect(await says(link.url, '')).toBe('one');
  await link.retarget(`tcp://127.0.0.1:${two.port}`);
  expect(await says(link.url, '')).toBe('two');
});

test('what needs HTTP is refused with a sentence, and what needs its absence, too', async () => {
  await using far = await store();
  await using link = await open(far.port, { tls });
  for (const fault of linkFaults) {
    const placed = link.place(always(fault), random);
    if (/^link\/(request|answer)$/.test(fault.seam))
      await expect(placed, fault.id).rejects.toThrow('use one of tcp/stream-*');
    else if (fault.seam === 'link/name') await expect(placed, fault.id).rejects.toThrow('place it on a name server');
    else await (await placed)();
  }
  await expect(link.place(always(links.resets(), { at: 'jwks' }), random)).rejects.toThrow('does not have');
  const request = { method: 'GET', path: '/', headers: [], body: new Uint8Array() };
  await expect(link.send(request, { signal: AbortSignal.timeout(1) })).rejects.toThrow('connect to its URL');
  const unseen = { now: () => 0, observe: () => undefined };
  const origin = { tcp: { host: '127.0.0.1', port: far.port } };
  await expect(openLink({ name, listen: false, origin, ...unseen })).rejects.toThrow('let it listen');
  const handle = async () => ({ status: 200, headers: [], body: new Uint8Array() });
  await using http = await openSeen({ name, origin: { handle } });
  await expect(http.place(always(stream.latency()), random)).rejects.toThrow('this link carries HTTP');
});
