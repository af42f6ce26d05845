import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import type { AnyFault } from '../../harness/model/fault.ts';
import type { HttpRequest } from '../../harness/model/http.ts';
import * as links from '../../mocks/faults/links/index.ts';
import type { LinkTls } from '../../mocks/links/listener.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import { census, settled } from '../census.ts';
import { random } from './links-met.ts';
import { openSeen, serve, tcp } from './links-served.ts';

/** How long a client waits for what never comes. Milliseconds. */
const patience = 40;
const rounds = 1_000;

const connections = [
  links.refused(),
  links.hangs(),
  links.resets(),
  links.resetsAtOnce(),
  links.closesAtOnce(),
  links.otherService(),
];
const handshakes = [
  links.tls.expiredCertificate(),
  links.tls.handshakeHangs(),
  links.tls.handshakeResets(),
  links.tls.alerts(),
  links.tls.plaintext(),
];
const answers = [
  links.neverAnswers(),
  links.stalls(),
  links.resetBeforeAnswer(),
  links.resetAfter(),
  links.truncated(),
  links.halfCloses(),
  links.halfClosesMidAnswer(),
  links.closesIdle(),
  links.resetsIdle(),
  links.latency({ milliseconds: 3_600_000 }),
  links.drips({ bytesPerSecond: 1 }),
];
const streams = [
  links.stream.resets({ bytes: 1 }),
  links.stream.closes({ bytes: 1 }),
  links.stream.halfCloses({ bytes: 1 }),
  links.stream.stalls({ bytes: 1 }),
  links.stream.latency({ milliseconds: 3_600_000 }),
  links.stream.slowDrip({ bytesPerSecond: 1 }),
];

/** Says something and takes what comes, until there is no more or the client has had enough. */
function visit(url: string, ca: string | undefined): Promise<void> {
  const port = Number(new URL(url).port);
  const options = { host: '127.0.0.1', port };
  const socket = ca === undefined ? connect(options) : connectTls({ ...options, ca });
  socket.on('error', () => undefined).resume();
  socket.end('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const enough = setTimeout(() => socket.destroy(), patience);
  return new Promise((resolve) => {
    socket.once('close', () => {
      clearTimeout(enough);
      resolve();
    });
  });
}

test(`after ${rounds} rounds with faults on connections, sockets, timers and listeners are as many as before`, async () => {
  const warnings: string[] = [];
  const warned = ({ name }: Error) => void warnings.push(name);
  process.on('warning', warned);
  onTestFinished(() => void process.off('warning', warned));
  const authority = await createAuthority({ clock: { now: () => Date.now() } });
  const tls: LinkTls = { ...(await authority.issue({ hosts: ['127.0.0.1'] })), authority };
  const { signal: lasting } = new AbortController();
  const handle = async () => ({ status: 200, headers: [], body: Buffer.from('hello') });
  const asking: HttpRequest = { method: 'GET', path: '/', headers: [], body: new Uint8Array() };
  const deadline = () => ({ signal: AbortSignal.any([lasting, AbortSignal.timeout(patience)]) });
  type Seen = Awaited<ReturnType<typeof openSeen>>;

  /** Each link with its faults in turn, all links side by side. */
  async function storm(times: number): Promise<Set<string>> {
    await using server = await serve((_, response) => void response.end('x'.repeat(100)));
    await using silent = await tcp((socket) => socket.resume());
    await using store = await tcp((socket) => {
      socket.write('ready');
      socket.pipe(socket);
    });
    const dead = await tcp(() => undefined);
    await dead[Symbol.asyncDispose]();
    const name = 'gateway→api';
    const to = { host: '127.0.0.1', port: store.port };
    await using mock = await openSeen({ name, origin: { handle } });
    await using streaming = await openSeen({ name, origin: { url: server.url } });
    await using secured = await openSeen({ name, origin: { url: server.url }, tls });
    await using bytes = await openSeen({ name, origin: { tcp: to } });
    await using sending = await openSeen({ name, origin: { url: server.url }, listen: false });
    await using hanging = await openSeen({ name, origin: { url: silent.url.replace('http', 'https') }, listen: false });
    await using nowhere = await openSeen({ name, origin: { url: dead.url } });
    const dial = (link: Seen) => () => visit(link.url, link === secured ? authority.caPem : undefined);
    const send = (link: Seen) => () => link.send(asking, deadline());
    const lines: readonly (readonly [Seen, () => Promise<unknown>, readonly AnyFault[]])[] = [
      [mock, dial(mock), [...connections, ...answers]],
      [streaming, dial(streaming), [...connections, ...answers]],
      [secured, dial(secured), [...connections, ...handshakes, ...answers]],
      [bytes, dial(bytes), [...connections, ...streams]],
      [sending, send(sending), [...connections.filter(({ id }) => id !== 'tcp/refused'), ...answers]],
      // The far end is what is broken here: a handshake that hangs, a port at which nobody listens.
      [hanging, send(hanging), []],
      [nowhere, dial(nowhere), []],
    ];
    await Promise.all(
      lines.map(async ([link, go, faults]) => {
        for (let round = 0; round < times / lines.length; round += 1) {
          const fault = faults[round % faults.length];
          const clear = fault && (await link.place({ fault, on: name, schedule: { when: 'always' } }, random));
          await go();
          await clear?.();
        }
      }),
    );
    return new Set(lines.flatMap(([{ seen }]) => seen.flatMap(({ faults, end }) => [...faults, end])));
  }

  // What is loaded or kept for good by the first ones.
  await storm(100);
  const before = await settled(() => census(lasting));
  const met = await storm(rounds);
  // A port that is closed sees nobody.
  const all = [...connections.slice(1), ...handshakes, ...answers, ...streams].map(({ id }) => id);
  expect(all.filter((id) => !met.has(id))).toEqual([]);
  expect([...met]).toEqual(
    expect.arrayContaining(['refused', 'reset', 'hung', 'closed', 'truncated', 'tls-failed', 'timed-out']),
  );
  expect(await settled(() => census(lasting))).toEqual(before);
  expect(warnings).toEqual([]);
});
