import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { Agent, WebSocket } from 'undici';
import { beforeAll, expect, test } from 'vitest';
import type { AnyFault } from '../../harness/model/fault.ts';
import * as links from '../../mocks/faults/links/index.ts';
import { kept } from '../../mocks/links/capture.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { random } from './links-met.ts';
import { openSeen, serve, tcp } from './links-served.ts';

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority({ clock: { now: () => Date.now() } });
});

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const always = (fault: AnyFault) => ({ fault, on: 'gateway→api', schedule: { when: 'always' } }) as const;
const partsOf = (answer: IncomingMessage) => answer[Symbol.asyncIterator]();
const answerOf = async (call: ClientRequest) => (await once(call, 'response'))[0] as IncomingMessage;

test('bodies of any length pass unharmed in both directions, over TLS too, and are recorded up to a point', async () => {
  const [up, down] = [randomBytes(5_000_001), randomBytes(12_000_007)];
  const tls = await authority.issue({ hosts: ['127.0.0.1'] });
  let came = '';
  await using server = await serve(async (message, response) => {
    came = digest(await buffer(message));
    response.end(down);
  }, tls);
  await using link = await openSeen({ origin: { url: server.url, ca: authority.caPem } });
  const answer = await fetch(link.url, { method: 'POST', body: up });
  expect(digest(Buffer.from(await answer.arrayBuffer()))).toBe(digest(down));
  expect(came).toBe(digest(up));
  const [exchange] = await link.until(1);
  expect(exchange).toMatchObject({
    end: 'complete',
    request: { body: up.subarray(0, kept), bytes: up.byteLength },
    response: { status: 200, body: down.subarray(0, kept), bytes: down.byteLength },
  });
});

test('each part of an answer arrives when it is sent', async () => {
  const sent: ((part: string) => void)[] = [];
  const asked = Promise.withResolvers<void>();
  await using server = await serve((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    sent.push((part) => response.write(`data: ${part}\n\n`));
    asked.resolve();
  });
  await using link = await openSeen({ origin: { url: server.url } });
  const answer = await fetch(link.url);
  await asked.promise;
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (const part of ['one', 'two', 'three']) {
    sent[0]!(part);
    expect((await reader.read()).value).toBe(`data: ${part}\n\n`);
  }
  await reader.cancel();
  // A client that leaves ends it at the far end, too.
  expect(await link.until(1)).toMatchObject([{ end: 'closed', errors: { first: 'near' }, response: { status: 200 } }]);
  expect(String(link.seen[0]?.response?.body)).toBe('data: one\n\ndata: two\n\ndata: three\n\n');
});

test('each part of a request arrives when it is sent', async () => {
  const parts: string[] = [];
  let came = () => {};
  await using server = await serve((message, response) => {
    message.on('data', (part) => {
      parts.push(String(part));
      came();
    });
    message.on('end', () => response.end('done'));
  });
  await using link = await openSeen({ origin: { url: server.url } });
  const call = request(link.url, { method: 'POST' });
  for (const part of ['one', 'two', 'three']) {
    const arrives = new Promise<void>((resolve) => (came = resolve));
    call.write(part);
    await arrives;
    expect(parts.at(-1)).toBe(part);
  }
  call.end();
  expect(await text(await answerOf(call))).toBe('done');
  expect(String((await link.until(1))[0]?.request?.body)).toBe('onetwothree');
});

test('a peer that does not read holds the far end up instead of filling memory', async () => {
  const total = 64 * 1024 * 1024;
  const piece = Buffer.alloc(64 * 1024, 'x');
  let written = 0;
  const stuck = Promise.withResolvers<void>();
  await using server = await serve((_, response) => {
    response.writeHead(200, { 'Content-Length': total });
    const go = () => {
      while (written < total) {
        written += piece.byteLength;
        if (!response.write(piece)) break;
      }
      // One drain may follow another; a second of silence is what stuck looks like.
      quiet.refresh();
    };
    const quiet = setTimeout(stuck.resolve, 1_000);
    response.on('drain', go).on('close', () => clearTimeout(quiet));
    go();
  });
  await using link = await openSeen({ origin: { url: server.url } });
  const call = request(link.url).end();
  const answer = await answerOf(call);
  await stuck.promise;
  // What the system's own buffers take is megabytes.
  expect(written).toBeLessThan(total / 2);
  let read = 0;
  for await (const chunk of answer) read += chunk.length;
  expect(read).toBe(total);
});

test('trailers and interim answers pass, and 100-continue is answered', async () => {
  await using server = await serve(async (message, response) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    const { length } = await buffer(message);
    response.writeHead(200, { Trailer: 'X-Sum' });
    response.write(String(length));
    response.addTrailers({ 'X-Sum': '42' });
    response.end();
  });
  await using link = await openSeen({ origin: { url: server.url } });
  const call = request(link.url, { method: 'POST', headers: { Expect: '100-continue', 'Content-Length': 300_000 } });
  const hints: unknown[] = [];
  call.on('information', ({ statusCode, headers }) => hints.push([statusCode, headers.link]));
  call.flushHeaders();
  await once(call, 'continue');
  call.end(Buffer.alloc(300_000));
  const answer = await answerOf(call);
  expect(await text(answer)).toBe('300000');
  expect(answer.trailers).toEqual({ 'x-sum': '42' });
  expect(hints).toContainEqual([103, '</style.css>; rel=preload']);
});

test('an answer that comes before the request is over is passed on, and the connection is of use afterwards', async () => {
  await using server = await serve((message, response) => {
    if (message.method === 'GET') return void response.end('well');
    response.writeHead(413).end('too much');
  });
  await using link = await openSeen({ origin: { url: server.url } });
  const endless = Readable.from(
    (function* () {
      for (let n = 0; n < 400; n += 1) yield Buffer.alloc(64 * 1024);
    })(),
  );
  const call = request(link.url, { method: 'POST' });
  call.on('error', () => undefined);
  endless.pipe(call);
  const answer = await answerOf(call);
  expect([answer.statusCode, await text(answer)]).toEqual([413, 'too much']);
  expect(await (await fetch(link.url)).text()).toBe('well');
  expect((await link.until(2)).map(({ response }) => response?.status)).toEqual([413, 200]);
});

test('what breaks in the middle of a stream breaks in the same way behind the link', async () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nhalf';
  for (const [how, end, code] of [
    ['end', 'truncated', 'ECONNRESET'],
    ['resetAndDestroy', 'reset', 'ECONNRESET'],
  ] as const) {
    const begun = Promise.withResolvers<() => void>();
    await using far = await tcp((socket) =>
      socket.once('data', () => {
        socket.write(head);
        begun.resolve(() => socket[how]());
      }),
    );
    await using link = await openSeen({ origin: { url: far.url } });
    const call = request(link.url).end();
    const parts = partsOf(await answerOf(call));
    // It tells both the request and the answer.
    call.on('error', () => undefined);
    expect(String((await parts.next()).value)).toBe('half');
    (await begun.promise)();
    await expect(parts.next()).rejects.toMatchObject({ code });
    expect(await link.until(1)).toMatchObject([{ end, errors: { first: 'far' }, response: { status: 200 } }]);
  }
});

test('only an exchange on which a fault may act is held until it is whole', async () => {
  const mayEnd = Promise.withResolvers<void>();
  await using server = await serve(async (_, response) => {
    response.write('begun ');
    await mayEnd.promise;
    response.end('and done');
  });
  await using link = await openSeen({
    origin: { url: server.url },
    endpointOf: (path) => (path.startsWith('/jwks') ? 'jwks' : 'other'),
  });
  await link.place({ ...always(links.headerSet({ name: 'X-A', value: '1' })), at: 'jwks' }, random);
  await link.place({ ...always(links.status(503)), at: 'jwks' }, random);
  const held = answerOf(request(`${link.url}/jwks`).end());
  const parts = partsOf(await answerOf(request(`${link.url}/`).end()));
  expect(String((await parts.next()).value)).toBe('begun ');
  mayEnd.resolve();
  expect(String((await parts.next()).value)).toBe('and done');
  expect((await held).statusCode).toBe(503);
  await link.until(2);
  const told = link.seen.map(({ request, faults }) => [request?.path, faults]);
  expect(Object.fromEntries(told)).toEqual({ '/': [], '/jwks': ['http/request-x-a-set', 'http/status-503'] });
});

test('a request that a fault needs whole gets 413 when it is too long', async () => {
  await using server = await serve((_, response) => void response.end());
  await using link = await openSeen({ origin: { url: server.url } });
  await link.place(always(links.bodyDropped()), random);
  const long = await fetch(link.url, { method: 'POST', body: Buffer.alloc(2 * 1024 * 1024) });
  expect([long.status, await long.text()]).toEqual([413, expect.stringContaining('1048576 bytes')]);
});

test('HTTP/1.0 and pipelined requests are answered in their own way', async () => {
  await using server = await serve((message, response) => {
    response.write(`${message.url} `);
    setImmediate(() => response.end('.'));
  });
  await using link = await openSeen({ origin: { url: server.url } });
  const said = async (bytes: string) => {
    const socket = connect(Number(new URL(link.url).port), '127.0.0.1');
    socket.write(bytes);
    return await text(socket);
  };
  expect(await said('GET /old HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n\/old \.$/);
  const get = (path: string, close = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${close}\r\n`;
  const both = await said(get('/a') + get('/b', 'Connection: close\r\n'));
  expect(both.match(/\/[ab] /g)).toEqual(['/a ', '/b ']);
});

/** A server that echoes each short text of a WebSocket (RFC 6455 §5.2), and ends with its peer. */
async function echoing() {
  const server = await serve((message, response) => void response.end(`${message.method} ${message.headers.upgrade}`));
  server.server.on('upgrade', (message: IncomingMessage, socket: Socket) => {
    const key = `${message.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
    socket.write([...head, `Sec-WebSocket-Accept: ${accept}`, '', ''].join('\r\n'));
    socket.on('error', () => undefined).on('end', () => socket.end());
    socket.on('data', (frame: Buffer) => {
      if (frame[0] !== 0x81) return void socket.end();
      const [length, mask] = [frame[1]! & 0x7f, frame.subarray(2, 6)];
      const plain = frame.subarray(6, 6 + length).map((byte, at) => byte ^ mask[at % 4]!);
      socket.write(Buffer.from([0x81, length, ...plain]));
    });
  });
  return server;
}

test.each([false, true])('a WebSocket passes, and what passed on it is counted (TLS: %s)', async (secure) => {
  await using server = await echoing();
  const tls = secure ? await authority.issue({ hosts: ['127.0.0.1'] }) : undefined;
  await using link = await openSeen({ origin: { url: server.url }, tls });
  const agent = new Agent({ connect: { ca: authority.caPem } });
  const socket = new WebSocket(link.url.replace('http', 'ws'), { dispatcher: agent });
  await once(socket, 'open');
  for (const line of ['hello', 'again']) {
    socket.send(line);
    expect((await once(socket, 'message'))[0].data).toBe(line);
  }
  const closed = once(socket, 'close');
  socket.close();
  await closed;
  expect(await link.until(1)).toMatchObject([
    { end: 'complete', request: { method: 'GET' }, response: { status: 101 }, stream: { far: 14 } },
  ]);
  expect(link.seen[0]?.stream?.near).toBeGreaterThan(2 * (6 + 5));
  await agent.close();
});

test('where a change of protocol cannot pass, the request goes on without it', async () => {
  await using server = await echoing();
  await using link = await openSeen({ origin: { url: server.url } });
  const ask = (fields: string, body = '') => `${fields}\r\nHost: x\r\nConnection: Upgrade, close\r\n\r\n${body}`;
  const said = async (bytes: string) => {
    const socket = connect(Number(new URL(link.url).port), '127.0.0.1');
    socket.write(bytes);
    return (await text(socket)).replace(/^[\s\S]*\r\n\r\n/, '');
  };
  // As Java's client asks of every server.
  expect(await said(ask('GET / HTTP/1.1\r\nUpgrade: h2c'))).toBe('GET undefined');
  const post = 'POST / HTTP/1.1\r\nUpgrade: websocket\r\nContent-Length: 4';
  expect(await said(ask(post, 'body'))).toBe('POST undefined');
  expect(String((await link.until(2))[1]?.request?.body)).toBe('body');
  await link.place(always(links.status(503)), random);
  const call = request(link.url, { headers: { Connection: 'Upgrade', Upgrade: 'websocket' } }).end();
  expect((await answerOf(call)).statusCode).toBe(503);
});

test('a server that does not change the protocol is heard out', async () => {
  const long = 'x'.repeat(2_000_000);
  await using server = await serve((_, response) => void response.end(long));
  await using link = await openSeen({ origin: { url: server.url } });
  const call = request(link.url, { headers: { Connection: 'Upgrade', Upgrade: 'websocket' } }).end();
  expect(await text(await answerOf(call))).toBe(long);
  expect(await link.until(1)).toMatchObject([{ end: 'complete', response: { status: 200, bytes: long.length } }]);
});
