import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { get as httpGet, request as httpRequest } from 'node:http';
import type { LookupFunction } from 'node:net';
import { type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { createSecureContext } from 'node:tls';
import { beforeAll, expect, test } from 'vitest';
import type { HttpRequest } from '../../harness/model/http.ts';
import type { SeenExchange } from '../../mocks/links/exchange.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { openSeen, serve } from './links-served.ts';

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority({ clock: { now: () => Date.now() } });
});

/** What undici tells of itself (its DiagnosticsChannel.md), in the order of an exchange. */
const channels = [
  'undici:request:create',
  'undici:client:beforeConnect',
  'undici:client:connected',
  'undici:client:sendHeaders',
  'undici:request:bodySent',
  'undici:request:headers',
  'undici:request:bodyChunkReceived',
  'undici:request:trailers',
] as const;
type Channel = (typeof channels)[number];

interface Told {
  readonly connectParams?: { readonly port: string };
  readonly request?: { readonly origin: string };
}

/** What Node and undici tell of one exchange with a port, by `performance.now()`, as a link's times are. */
function listening(port: number) {
  const told = new Map<Channel, number>();
  const entries: PerformanceEntry[] = [];
  const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()));
  observer.observe({ entryTypes: ['net'] });
  const listeners = channels.map((channel) => {
    const listener = (message: unknown) => {
      const { connectParams, request } = message as Told;
      const at = connectParams ? Number(connectParams.port) : Number(new URL(request?.origin ?? '').port);
      // Of the pieces of a body, the first.
      if (at === port && !told.has(channel)) told.set(channel, performance.now());
    };
    subscribe(channel, listener);
    return { channel, listener };
  });
  return {
    at(channel: Channel): number {
      const time = told.get(channel);
      if (time === undefined) throw new Error(`${channel} told nothing`);
      return time;
    },
    has: (channel: Channel) => told.has(channel),
    /** When the connection was made; it ends when all who listen for that have been told. */
    connecting() {
      const own = [...entries, ...observer.takeRecords()].find((entry) => portOf(entry) === port);
      if (!own) throw new Error('no connection was told of');
      return { begun: own.startTime, ended: own.startTime + own.duration };
    },
    forget() {
      told.clear();
      entries.length = 0;
    },
    [Symbol.dispose]() {
      observer.disconnect();
      for (const { channel, listener } of listeners) unsubscribe(channel, listener);
    },
  };
}

const portOf = (entry: PerformanceEntry) => (entry as { readonly detail?: { readonly port?: number } }).detail?.port;

/** Sums of fractions of a millisecond, and no more. */
const rounding = 1e-6;
function within(value: number, from: number, to: number, what: string): void {
  expect(value, what).toBeGreaterThanOrEqual(from - rounding);
  expect(value, what).toBeLessThanOrEqual(to + rounding);
}

/** When an exchange came to each of its phases, as its recorded times say. */
function phasesOf({ endedAt, timings }: SeenExchange) {
  const { send = 0, wait = 0, receive = 0 } = timings ?? {};
  const answering = endedAt - receive;
  return { answering, sent: answering - wait, sending: answering - wait - send };
}

/** Long enough for a time that was taken at a wrong place to lie outside of what was told. Milliseconds. */
const hold = 40;

const cases = ([true, false] as const).flatMap((secure) =>
  ([true, false] as const).map((listen) => ({ secure, listen })),
);

test.each(cases)(
  'what is recorded lies between what Node and undici tell of the same exchange (TLS: $secure, listen: $listen)',
  async ({ secure, listen }) => {
    const leaf = await authority.issue({ hosts: ['localhost'] });
    const handshake = { begun: 0, ended: 0 };
    const SNICallback = async (_: string, done: (problem: null, context: object) => void) => {
      handshake.begun = performance.now();
      await pause(hold);
      handshake.ended = performance.now();
      done(null, createSecureContext(leaf));
    };
    await using server = await serve(
      async (message, response) => {
        await text(message);
        await pause(hold);
        response.flushHeaders();
        await pause(hold);
        response.write('some');
        await pause(hold);
        response.end('more');
      },
      secure ? { ...leaf, ...{ SNICallback } } : undefined,
    );
    const scheme = secure ? 'https' : 'http';
    const name = { begun: 0, ended: 0 };
    const lookup: LookupFunction = async (_, __, done) => {
      name.begun = performance.now();
      await pause(hold);
      name.ended = performance.now();
      done(null, [{ address: '127.0.0.1', family: 4 }]);
    };
    const origin = { url: `${scheme}://localhost:${server.port}`, ca: authority.caPem, lookup };
    await using link = await openSeen({ origin, listen });
    using told = listening(server.port);

    const ask = async (body: string) => {
      const { length } = link.seen;
      const asked: HttpRequest = { method: 'POST', path: '/', headers: [], body: Buffer.from(body) };
      if (!listen) await link.send(asked, { signal: AbortSignal.timeout(10_000) });
      else
        await new Promise<void>((resolve, reject) => {
          const call = body === '' ? httpGet(link.url) : httpRequest(link.url, { method: 'POST' });
          call.on('error', reject).on('response', (answer) => text(answer).then(() => resolve(), reject));
          call.end(body);
        });
      return (await link.until(length + 1)).at(-1) as SeenExchange;
    };
    const compared = (seen: SeenExchange, body: string) => {
      const { sending, sent, answering } = phasesOf(seen);
      const first = told.has('undici:client:connected') ? 'undici:client:connected' : 'undici:request:create';
      within(sending, told.at(first), told.at('undici:client:sendHeaders'), 'sending');
      if (body === '') expect(sent).toBeCloseTo(sending, 6);
      else within(sent, told.at('undici:request:bodySent'), told.at('undici:request:headers'), 'sent');
      const piece = told.at('undici:request:bodyChunkReceived');
      within(answering, told.at('undici:request:headers'), piece, 'answering');
      within(seen.endedAt, told.at('undici:request:trailers'), performance.now(), 'ended');
      within(seen.startedAt, 0, told.at('undici:request:create'), 'started');
    };

    const opening = await ask('a body');
    compared(opening, 'a body');
    const { dns = 0, connect = 0, tls = 0 } = opening.timings!;
    const connection = told.connecting();
    const [begun, up] = [told.at('undici:client:beforeConnect'), told.at('undici:client:connected')];
    within(dns, name.ended - name.begun, connection.begun - begun, 'dns');
    within(connect, 0, connection.ended - name.ended, 'connect');
    expect(connect).toBeGreaterThan(0);
    if (secure) within(tls, handshake.ended - handshake.begun, up - connection.begun, 'tls');
    else expect(opening.timings).not.toHaveProperty('tls');
    const least = secure ? handshake.ended : connection.begun;
    within(dns + connect + tls, least - name.begun, up - begun, 'all of it');

    told.forget();
    const next = await ask('');
    compared(next, '');
    expect(told.has('undici:client:beforeConnect')).toBe(false);
    expect(Object.keys(next.timings!).sort()).toEqual(['blocked', 'receive', 'send', 'wait']);
  },
);
