import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import type { Timings } from '../../harness/model/exchange.ts';
import type { HttpRequest } from '../../harness/model/http.ts';
import * as links from '../../mocks/faults/links/index.ts';
import type { SeenExchange } from '../../mocks/links/exchange.ts';
import { timingsOf } from '../../mocks/links/timing.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { random } from './links-met.ts';
import { openSeen, serve, tcp } from './links-served.ts';

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority({ clock: { now: () => Date.now() } });
});

const get: HttpRequest = { method: 'GET', path: '/', headers: [], body: new Uint8Array() };
const patient = () => ({ signal: AbortSignal.timeout(10_000) });
/** A good deal more than what anything takes otherwise, on a busy machine, too. Milliseconds. */
const hold = 200;

/** The phase that took most of the time. */
function longestOf(timings: Timings): string | undefined {
  const [longest] = Object.entries(timings).toSorted(([, a], [, b]) => b - a);
  return longest && longest[1] > hold / 2 ? longest[0] : undefined;
}

/** The times of an exchange, which add up. */
function timesOf(seen: SeenExchange | undefined): Timings {
  const timings = seen?.timings as Timings;
  const sum = Object.values(timings).reduce((a: number, b: number) => a + b, 0);
  expect(sum).toBeCloseTo((seen?.endedAt ?? 0) - (seen?.startedAt ?? 0), 6);
  for (const part of Object.values(timings)) expect(part).toBeGreaterThanOrEqual(0);
  return timings;
}

test.each([true, false])(
  'the first exchange on a connection pays for it, the next ones do not (listen: %s)',
  async (listen) => {
    const tls = await authority.issue({ hosts: ['localhost'] });
    await using server = await serve((_, response) => void response.end('ok'), tls);
    const origin = { url: `https://localhost:${server.port}`, ca: authority.caPem };
    await using link = await openSeen({ origin, listen });
    for (let n = 0; n < 2; n += 1) {
      if (listen) await (await fetch(link.url)).text();
      else await link.send(get, patient());
    }
    await link.until(2);
    const [first, second] = link.seen.map(timesOf);
    expect(Object.keys(first!).sort()).toEqual(['blocked', 'connect', 'dns', 'receive', 'send', 'tls', 'wait']);
    expect(first!.tls).toBeGreaterThan(0);
    expect(first!.connect).toBeGreaterThan(0);
    expect(Object.keys(second!).sort()).toEqual(['blocked', 'receive', 'send', 'wait']);
  },
);

test('waiting and receiving are told apart, and what a fault adds stands under wait', async () => {
  await using server = await serve(async ({ url }, response) => {
    if (url === '/late') await pause(hold);
    response.write('head');
    if (url === '/long') await pause(hold);
    response.end();
  });
  await using link = await openSeen({ origin: { url: server.url } });
  const times = async (path: string) => {
    const { length } = link.seen;
    await (await fetch(link.url + path)).text();
    return timesOf((await link.until(length + 1)).at(-1));
  };
  await times('/');
  expect(longestOf(await times('/late'))).toBe('wait');
  expect(longestOf(await times('/long'))).toBe('receive');
  const fault = links.latency({ milliseconds: hold });
  await link.place({ fault, on: 'gateway→api', schedule: { when: 'always' } }, random);
  expect(longestOf(await times('/'))).toBe('wait');
});

test('a request that comes slowly is sent slowly', async () => {
  await using server = await serve((message, response) => void message.resume().on('end', () => response.end()));
  await using link = await openSeen({ origin: { url: server.url } });
  async function* slowly() {
    yield 'one';
    await pause(hold);
    yield 'two';
  }
  const body = ReadableStream.from(slowly()).pipeThrough(new TextEncoderStream());
  await fetch(link.url, { method: 'POST', body, duplex: 'half' } as RequestInit);
  expect(longestOf(timesOf((await link.until(1))[0]))).toBe('send');
});

test('what breaks off breaks off in its phase', async () => {
  await using silent = await tcp(() => undefined);
  const dead = await tcp(() => undefined);
  await dead[Symbol.asyncDispose]();
  for (const [url, phase, absent] of [
    [dead.url, 'connect', 'tls'],
    [silent.url.replace('http:', 'https:'), 'tls', 'dns'],
    [silent.url, 'wait', 'tls'],
  ] as const) {
    await using link = await openSeen({ origin: { url }, listen: false });
    await link.send(get, { signal: AbortSignal.timeout(hold) });
    const timings = timesOf(link.seen[0]);
    expect([timings[phase], timings[absent]]).toEqual([expect.any(Number), undefined]);
    if (url !== dead.url) expect(longestOf(timings)).toBe(phase);
  }
});

test('a mock takes no time to connect to', async () => {
  const handle = async () => {
    await pause(hold);
    return { status: 200, headers: [], body: Buffer.from('ok') };
  };
  await using link = await openSeen({ origin: { handle } });
  await (await fetch(link.url)).text();
  const timings = timesOf((await link.until(1))[0]);
  expect(Object.keys(timings).sort()).toEqual(['blocked', 'receive', 'send', 'wait']);
  expect(longestOf(timings)).toBe('wait');
});

test('every phase lasts from the mark before it to its own', () => {
  const marks = { connecting: 11, lookedUp: 13, connected: 17, secured: 25, sending: 26, sent: 30, answering: 50 };
  expect(timingsOf(marks, 10, 60)).toEqual({
    blocked: 2,
    dns: 2,
    connect: 4,
    tls: 8,
    send: 4,
    wait: 20,
    receive: 10,
  });
  expect(timingsOf({}, 10, 60)).toEqual({ blocked: 50, send: 0, wait: 0, receive: 0 });
});
