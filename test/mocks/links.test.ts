import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect, createServer as createTcpServer, type LookupFunction } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import fc from 'fast-check';
import { beforeAll, expect, test, vi } from 'vitest';
import { FailwellError } from '../../harness/model/error.ts';
import type { AnyFault, PlacedFault, Random } from '../../harness/model/fault.ts';
import type { Headers, HttpRequest } from '../../harness/model/http.ts';
import { hangs, refused, resets } from '../../mocks/faults/links/connection.ts';
import { drips, neverAnswers, resetAfter, truncated } from '../../mocks/faults/links/delivery.ts';
import { headerDropped } from '../../mocks/faults/links/request.ts';
import { status } from '../../mocks/faults/links/status.ts';
import { endToEnd, framed } from '../../mocks/links/headers.ts';
import type { LinkOptions } from '../../mocks/links/link.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { clients } from './links-clients.ts';
import { openSeen, serve, tcp } from './links-served.ts';

const random: Random = { next: () => 0.5, int: (min) => min, pick: (items) => items[0]!, hex: (n) => 'ab'.repeat(n) };
const nothing = new Uint8Array();
const name = 'gateway→api';
const [, undici] = clients[0]!;
let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority({ clock: { now: () => Date.now() } });
});

const hello = { handle: async () => ({ status: 200, headers: [], body: Buffer.from('hello') }) };

const open = (options: Partial<LinkOptions> = {}) => openSeen({ origin: hello, ...options });

const get = (path = '/', headers: Headers = []): HttpRequest => ({ method: 'GET', path, headers, body: nothing });
const always = (fault: AnyFault, more: Partial<PlacedFault> = {}): PlacedFault => ({
  fault,
  on: name,
  schedule: { when: 'always' },
  ...more,
});
const patient = () => ({ signal: AbortSignal.timeout(10_000) });

/** The fault, and a promise that it has acted that many times since (placing a connection fault is one). */
function watched(fault: AnyFault) {
  let count = 0;
  let acted = () => {};
  const apply = (value: never, randomness: Random) => {
    count += 1;
    acted();
    return fault.apply(value, randomness);
  };
  return {
    fault: { ...fault, apply } as AnyFault,
    async times(wanted: number) {
      const all = fault.seam === 'link/connection' ? wanted + 1 : wanted;
      while (count < all) await new Promise<void>((resolve) => (acted = resolve));
    },
  };
}

/** Writes bytes to a port, or hangs up if there are none, and returns all that comes back. */
async function raw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  if (bytes) socket.write(bytes);
  else socket.end();
  return text(socket).catch((problem: NodeJS.ErrnoException) => String(problem.code));
}

test('order, case and repetition of fields pass in both directions; what concerns one hop does not', async () => {
  let arrived: IncomingMessage | undefined;
  await using server = await serve((message, response) => {
    arrived = message;
    response.sendDate = false;
    response.writeHead(200, [
      'X-b',
      '1',
      'Set-Cookie',
      'a=1',
      'Set-Cookie',
      'b=2',
      'x-A',
      '2',
      'Keep-Alive',
      'timeout=9',
    ]);
    response.end('hello');
  });
  await using link = await open({ origin: { url: `${server.url}/base/` } });
  const said =
    'X-One: 1\r\nauthorization: Bearer a\r\nAUTHORIZATION: Bearer b\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nTE: trailers';
  const answer = await raw(link.url, `GET /a/../b?c=%20 HTTP/1.1\r\nHost: link.example\r\n${said}\r\n\r\n`);

  expect(arrived?.url).toBe('/base/a/../b?c=%20');
  const fields = endToEnd(pairs(arrived!.rawHeaders)).map(([field, value]) => `${field}: ${value}`);
  expect(fields).toEqual(['host: link.example', 'X-One: 1', 'authorization: Bearer a', 'AUTHORIZATION: Bearer b']);
  expect(answer).toMatch(
    /^HTTP\/1\.1 200 OK\r\nX-b: 1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nx-A: 2\r\n(Content-Length: 5)\r\nConnection: close\r\n\r\nhello$/i,
  );
});

function pairs(raw: readonly string[]): Headers {
  return raw.flatMap((field, at) => (at % 2 === 0 ? [[field, raw[at + 1]!] as const] : []));
}

test('bodies, HEAD and 204 keep their shape', async () => {
  await using server = await serve(async (message, response) => {
    if (message.url === '/204') return void response.writeHead(204).end();
    const body = message.method === 'HEAD' ? 'four' : await text(message);
    response.writeHead(200, { 'Content-Length': Buffer.byteLength(body) }).end(body);
  });
  await using link = await open({ origin: { url: server.url } });
  const posted = await fetch(link.url, { method: 'POST', body: 'ä'.repeat(100_000) });
  expect(await posted.text()).toBe('ä'.repeat(100_000));
  const head = await fetch(link.url, { method: 'HEAD' });
  expect([head.headers.get('content-length'), await head.text()]).toEqual(['4', '']);
  const none = await fetch(`${link.url}/204`);
  expect([none.status, none.headers.get('content-length')]).toEqual([204, null]);
  expect(link.seen.map(({ end }) => end)).toEqual(['complete', 'complete', 'complete']);
  expect(link.seen[0]).toMatchObject({ request: { method: 'POST', path: '/' }, response: { status: 200 } });
  expect(link.seen[0]!.request!.body.byteLength).toBe(200_000);
});

test('every byte of an answer arrives, whether the body goes out with the head or after it', async () => {
  const bodies = [256, 16 * 1024, 16 * 1024 + 1].map((length) => Uint8Array.from({ length }, (_, at) => at % 256));
  const handle = async ({ path }: HttpRequest) => ({ status: 200, headers: [], body: bodies[Number(path.slice(1))]! });
  await using link = await open({ origin: { handle } });
  for (const [at, body] of bodies.entries()) {
    const answer = await fetch(`${link.url}/${at}`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(body)).toBe(true);
    expect(answer.headers.get('content-length')).toBe(String(body.byteLength));
  }
});

test('a connection that lives on keeps nothing of the requests that were answered', async () => {
  await using link = await open();
  const added = vi.spyOn(EventTarget.prototype, 'addEventListener');
  const removed = vi.spyOn(EventTarget.prototype, 'removeEventListener');
  try {
    const posted = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx';
    await raw(link.url, `${posted}${posted}${posted.replace('Host: x', 'Host: x\r\nConnection: close')}`);
    await link.until(3);
    expect(added.mock.calls.length).toBeGreaterThan(0);
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
  } finally {
    added.mockRestore();
    removed.mockRestore();
  }
});

test('send reaches a real server over TLS, with doubled fields, and tells of it', async () => {
  const arrived: string[][] = [];
  await using server = await serve(
    (message, response) => {
      arrived.push(message.rawHeaders);
      response.end('ok');
    },
    await authority.issue({ hosts: ['127.0.0.1'] }),
  );
  await using link = await open({
    listen: false,
    origin: { url: server.url, ca: authority.caPem },
    correlationOf: ({ path }) => path.split('/')[2],
  });
  expect(link.url).toBe('');
  const headers: Headers = [
    ['Authorization', 'Bearer a'],
    ['authorization', 'Bearer b'],
  ];
  const sent = await link.send(get('/items/c1', headers), patient());
  expect(sent).toMatchObject({ end: 'complete', answer: { status: 200 } });
  expect(String(sent.answer!.body)).toBe('ok');
  expect(arrived[0]!.join()).toContain('Authorization,Bearer a,authorization,Bearer b');
  expect(link.seen).toMatchObject([
    { id: sent.exchangeId, correlation: 'c1', end: 'complete', faults: [], request: { headers } },
  ]);
  expect(link.seen[0]!.endedAt).toBeGreaterThanOrEqual(link.seen[0]!.startedAt);

  // Whatever `Host` says, the certificate is checked against the address.
  expect(await link.send(get('/', [['Host', 'evil.example']]), patient())).toMatchObject({ end: 'complete' });
  await expect(link.send(get('/a b'), patient())).rejects.toThrow(FailwellError);
});

test('send tells network failures apart and never throws for one', async () => {
  const half = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf';
  await using resetting = await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
  await using closing = await tcp((socket) => socket.once('data', () => socket.end()));
  await using short = await tcp((socket) => socket.once('data', () => socket.end(half)));
  await using silent = await tcp(() => undefined);
  await using rude = await tcp((socket) => socket.once('data', () => socket.end('SMTP ready\r\n\r\n')));
  const past = { notBefore: new Date('2020-01-01'), notAfter: new Date('2020-02-01') };
  await using expired = await serve(() => {}, await authority.issue({ hosts: ['127.0.0.1'], ...past }));
  await using other = await serve(() => {}, await authority.issue({ hosts: ['idp.example'] }));
  const dead = await tcp(() => undefined);
  await dead[Symbol.asyncDispose]();

  const cases: [string, string, string][] = [
    [dead.url, 'refused', 'ECONNREFUSED'],
    [resetting.url, 'reset', 'ECONNRESET'],
    [closing.url, 'closed', 'UND_ERR_SOCKET'],
    [short.url, 'truncated', 'UND_ERR_SOCKET'],
    [silent.url, 'timed-out', 'ETIMEDOUT'],
    [rude.url, 'closed', 'HTTPParserError'],
    [expired.url, 'tls-failed', 'CERT_HAS_EXPIRED'],
    [other.url, 'tls-failed', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    [silent.url.replace('http:', 'https:'), 'timed-out', 'ETIMEDOUT'],
    [rude.url.replace('http:', 'https:'), 'tls-failed', 'ERR_SSL_WRONG_VERSION_NUMBER'],
  ];
  for (const [url, end, code] of cases) {
    await using link = await open({ listen: false, origin: { url, ca: authority.caPem } });
    const signal = end === 'timed-out' ? AbortSignal.timeout(50) : AbortSignal.timeout(10_000);
    const sent = await link.send(get(), { signal });
    expect(sent, url).toMatchObject({ end, error: { code } });
    expect(link.seen).toMatchObject([{ end, errors: { first: 'far', far: { code } } }]);
    if (end === 'truncated') expect(String(sent.answer?.body)).toBe('half');
    else expect(sent.answer).toBeUndefined();
  }
});

test('faults act on send as on a socket', async () => {
  await using link = await open({ listen: false });
  async function under(fault: AnyFault, signal = AbortSignal.timeout(10_000)) {
    const clear = await link.place(always(fault), random);
    const sent = await link.send(get(), { signal });
    await clear();
    expect(link.seen.at(-1)?.faults).toEqual([fault.id]);
    return sent;
  }
  expect(await under(refused())).toMatchObject({ end: 'refused', error: { code: 'ECONNREFUSED' } });
  expect(await under(resets())).toMatchObject({ end: 'reset', error: { code: 'ECONNRESET' } });
  expect(await under(hangs(), AbortSignal.timeout(20))).toMatchObject({ end: 'hung' });
  expect(await under(neverAnswers(), AbortSignal.timeout(20))).toMatchObject({ end: 'hung' });
  expect(await under(drips({ bytesPerSecond: 500 }))).toMatchObject({ end: 'complete' });
  expect(await under(drips({ bytesPerSecond: 1 }), AbortSignal.timeout(20))).toMatchObject({ end: 'timed-out' });
  const cut = await under(truncated({ bytes: 2 }));
  expect([cut.end, String(cut.answer?.body)]).toEqual(['truncated', 'he']);
  expect((await under(resetAfter({ bytes: 1 }))).answer?.headers).toContainEqual(['Content-Length', '5']);
  expect(await link.send(get(), patient())).toMatchObject({ end: 'complete', answer: { status: 200 } });
});

test('a peer that leaves while the far end is being looked up leaves the link well', async () => {
  await using server = await serve((_, response) => response.end('hello'));
  const left = Promise.withResolvers<void>();
  let lookups = 0;
  const lookup: LookupFunction = (_, options, callback) => {
    lookups += 1;
    const answer = () =>
      options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4);
    if (lookups > 1) answer();
    else left.resolve();
  };
  await using link = await open({ origin: { url: `http://idp.example:${server.port}`, lookup } });
  const leaving = new AbortController();
  const asked = fetch(link.url, { signal: leaving.signal });
  await left.promise;
  leaving.abort();
  await expect(asked).rejects.toThrow('aborted');
  await link.until(1);
  expect(await (await fetch(link.url)).text()).toBe('hello');
  expect(link.seen.filter(({ request }) => request).map(({ end }) => end)).toEqual(['closed', 'complete']);
});

test('what the far end leaves undone, the near end sees undone', async () => {
  await using short = await tcp((socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')),
  );
  const dead = await tcp(() => undefined);
  await dead[Symbol.asyncDispose]();
  const broken = {
    handle: async () => {
      throw new Error('no such key');
    },
  };
  for (const [origin, end, code] of [
    [{ url: short.url }, 'truncated', 'UND_ERR_SOCKET'],
    [{ url: dead.url }, 'refused', 'ECONNREFUSED'],
    [broken, 'reset', 'MOCK_FAILED'],
  ] as const) {
    await using link = await open({ origin });
    await using client = undici(link.url, undefined, '');
    expect((await client.get('/')).code).toBe(end === 'truncated' ? 'UND_ERR_SOCKET' : 'ECONNRESET');
    expect(await link.until(1)).toMatchObject([{ end, errors: { first: 'far', far: { code } } }]);
  }
});

test('a schedule counts, and a fault at an endpoint leaves the others alone', async () => {
  const endpointOf = (path: string) => (path.startsWith('/jwks') ? 'jwks' : 'other') as 'jwks' | 'other';
  await using link = await open({ endpointOf });
  await using client = undici(link.url, undefined, '');
  await link.place(always(status(503), { at: 'jwks', schedule: { when: 'first', count: 2 } }), random);
  const statuses = [];
  for (const path of ['/', '/jwks', '/jwks?x', '/', '/jwks']) statuses.push((await client.get(path)).status);
  expect(statuses).toEqual([200, 503, 503, 200, 200]);

  const clear = await link.place(always(resets(), { at: 'jwks' }), random);
  expect(await client.get('/jwks')).toMatchObject({ code: 'ECONNRESET' });
  expect(await client.get('/')).toMatchObject({ status: 200 });
  expect((await link.until(7)).slice(-2)).toMatchObject([{ end: 'reset', faults: ['tcp/reset'] }, { faults: [] }]);
  await clear();

  await link.place(always(resets(), { schedule: { when: 'first', count: 1 } }), random);
  expect(await client.get('/')).toMatchObject({ code: 'ECONNRESET' });
  expect(await client.get('/')).toMatchObject({ status: 200 });
});

test('faults add up, and one that finds nothing to change has not acted', async () => {
  await using link = await open({ listen: false });
  await link.place(always(headerDropped()), random);
  await link.place(always(status(500)), random);
  await link.place(always(truncated({ bytes: 1 })), random);
  const sent = await link.send(get(), patient());
  expect(sent).toMatchObject({ end: 'truncated', answer: { status: 500 } });
  expect(link.seen[0]?.faults).toEqual(['http/status-500', 'http/truncated']);
});

test('a refused port is closed, kept for its link, and fails with a sentence when another took it', async () => {
  await using link = await open();
  const clear = await link.place(always(refused()), random);
  const again = await link.place(always(refused()), random);
  expect(await raw(link.url, '')).toBe('ECONNREFUSED');
  await clear();
  expect(await raw(link.url, '')).toBe('ECONNREFUSED');
  await again();
  await again();
  expect(await (await fetch(link.url)).text()).toBe('hello');

  const open2 = await link.place(always(refused()), random);
  const thief = createTcpServer();
  await once(thief.listen(Number(new URL(link.url).port), '127.0.0.1'), 'listening');
  await expect(open2()).rejects.toThrow(/cannot listen on 127\.0\.0\.1:\d+: free that port/);
  await new Promise((resolve) => thief.close(resolve));
});

test('a link says no to a fault that it cannot hold', async () => {
  await using link = await open();
  const idp = {
    ...status(500),
    id: 'jwks/empty',
    layer: 'document',
    seam: 'jwks',
    apply: () => ({ keys: [] }),
  } as const;
  await expect(link.place(always(idp), random)).rejects.toThrow("acts on 'jwks'");
  await expect(link.place(always(status(500), { on: 'a→b' }), random)).rejects.toThrow('belongs on a→b');
  const once = always(refused(), { schedule: { when: 'first', count: 1 } });
  await expect(link.place(once, random)).rejects.toThrow('use tcp/reset');
  await expect(link.retarget('http://127.0.0.1:1')).rejects.toThrow(FailwellError);
});

test('clearing tells of what hung before it resolves', async () => {
  await using link = await open();
  for (const fault of [hangs(), neverAnswers()]) {
    const before = link.seen.length;
    const { fault: placed, times } = watched(fault);
    const clear = await link.place(always(placed), random);
    await using client = undici(link.url, undefined, '');
    const pending = client.get('/');
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(link.url).port) });
    socket.on('error', () => undefined).write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    await times(2);
    // Faults on answers act a moment before the answer is held back.
    await turn();
    await clear();
    expect(link.seen.slice(before).map(({ end }) => end)).toEqual(['hung', 'hung']);
    expect(await pending).toMatchObject({ code: expect.any(String) });
    socket.destroy();
  }
});

test('connections that never became HTTP are told of', async () => {
  await using plain = await open();
  await raw(plain.url, '');
  await raw(plain.url, 'EHLO there\r\n\r\n');
  expect(await plain.until(2)).toMatchObject([
    { end: 'closed', errors: { first: 'near', near: { code: 'CLOSED' } }, faults: [] },
    { end: 'closed', errors: { first: 'near', near: { code: 'HPE_INVALID_METHOD' } } },
  ]);

  await using link = await open({ tls: await authority.issue({ hosts: ['127.0.0.1'] }) });
  const port = Number(new URL(link.url).port);
  await raw(link.url, 'GET / HTTP/1.1\r\n\r\n');
  await raw(link.url, '');
  const tls12 = { host: '127.0.0.1', port, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const;
  await once(connectTls({ ...tls12, ciphers: 'AES128-SHA' }), 'error');
  // Node checks the certificate after the handshake.
  await once(connectTls({ host: '127.0.0.1', port }), 'error');
  expect((await link.until(4)).map(({ end, errors }) => [end, errors?.near?.code])).toEqual([
    ['tls-failed', 'ERR_SSL_HTTP_REQUEST'],
    ['tls-failed', expect.any(String)],
    ['tls-failed', 'ERR_SSL_NO_SHARED_CIPHER'],
    ['tls-failed', 'CLOSED'],
  ]);
});

test.skipIf(clients.length < 3)('the alert of a peer that does not trust the certificate is told', async () => {
  const [, curl] = clients[2]!;
  await using link = await open({ tls: await authority.issue({ hosts: ['127.0.0.1'] }) });
  expect(await curl(link.url, undefined, '').get('/')).toMatchObject({ code: 'curl:60' });
  expect(await link.until(1)).toMatchObject([
    { end: 'tls-failed', errors: { first: 'near', near: { code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA' } } },
  ]);
});

test('a request that is too long gets 413, and a peer that gives up is told of', async () => {
  const asked = Promise.withResolvers<void>();
  const handle = () => {
    asked.resolve();
    return new Promise<never>(() => {});
  };
  await using link = await open({ origin: { handle } });
  const long = await fetch(link.url, { method: 'POST', body: Buffer.alloc(2 * 1024 * 1024) });
  expect([long.status, await long.text()]).toEqual([413, expect.stringContaining('1048576 bytes')]);
  const giveUp = new AbortController();
  const call = fetch(link.url, { signal: giveUp.signal });
  await asked.promise;
  giveUp.abort();
  await expect(call).rejects.toThrow();
  expect(await link.until(2)).toMatchObject([
    { response: { status: 413 } },
    { end: 'closed', errors: { first: 'near' } },
  ]);
});

test('a far end that was started again is found at its new URL', async () => {
  await using one = await serve((_, response) => void response.end('one'));
  await using two = await serve((_, response) => void response.end('two'));
  await using link = await open({ listen: false, origin: { url: one.url } });
  const ask = async () => String((await link.send(get(), patient())).answer?.body);
  expect(await ask()).toBe('one');
  await link.retarget(two.url);
  expect(await ask()).toBe('two');
});

test('after 200 faulty exchanges nothing stays open', async () => {
  const open_ = () => process.getActiveResourcesInfo().filter((kind) => /TCP|TLS|Timeout|Server/.test(kind)).length;
  await turn();
  const before = open_();
  {
    await using server = await serve((_, response) => void response.end('x'.repeat(100)));
    await using link = await open({
      origin: { url: server.url },
      tls: await authority.issue({ hosts: ['127.0.0.1'] }),
    });
    const faults = [
      hangs(),
      resets(),
      neverAnswers(),
      truncated(),
      resetAfter(),
      drips({ bytesPerSecond: 10 }),
      refused(),
    ];
    for (let round = 0; round < 200; round += 1) {
      const { fault, times } = watched(faults[round % faults.length]!);
      const clear = await link.place(always(fault), random);
      await using client = undici(link.url, authority.caPem, '');
      const pending = client.get('/');
      if (fault.id === 'tcp/refused') await pending;
      else await times(1);
      // The last one still hangs when the link is closed.
      if (round < 199) await clear();
    }
  }
  await expect.poll(open_).toBeLessThanOrEqual(before);
});

test('framing says the true length once and keeps everything else in order', () => {
  const fieldName = fc.constantFrom(
    'Content-Length',
    'content-length',
    'X-A',
    'x-a',
    'Connection',
    'Transfer-Encoding',
  );
  const headers = fc.array(fc.tuple(fieldName, fc.constantFrom('1', '5', 'close', 'chunked')));
  fc.assert(
    fc.property(headers, fc.nat(9), (given, length) => {
      const own = framed(given, length);
      const lengths = own.filter(([field]) => field.toLowerCase() === 'content-length');
      expect(lengths.map(([, value]) => value)).toEqual([String(length)]);
      expect(own.filter(([field]) => /connection|encoding/i.test(field))).toEqual([]);
      const rest = (list: Headers) => list.filter(([field]) => field.toLowerCase() === 'x-a');
      expect(rest(own)).toEqual(rest(given));
      expect(framed(own, length)).toBe(own);
    }),
  );
});
