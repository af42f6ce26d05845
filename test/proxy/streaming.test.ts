import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { ProxyAgent, request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { startProxy } from '../../harness/proxy.ts';
import { proxied, served } from './fixtures.ts';

const megabyte = Buffer.alloc(1024 * 1024, 1);

/** Binary that is longer than what anybody collects, and events that never end. */
const there = () =>
  served(async (message, response) => {
    if (message.url === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: one\n\n');
      return;
    }
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    for (let sent = 0; sent < 20; sent += 1) if (!response.write(megabyte)) await once(response, 'drain');
    response.end();
  });

const length = async (body: AsyncIterable<Uint8Array>) => {
  let bytes = 0;
  for await (const chunk of body) bytes += chunk.byteLength;
  return bytes;
};

test('what nobody looks into streams by, in front of a server and in a tunnel', async () => {
  const { byName } = await there();
  const reverse = await proxied({ to: byName });
  const forward = await proxied();
  const dispatcher = new ProxyAgent(forward.url);
  onTestFinished(() => dispatcher.destroy());
  for (const [url, options] of [
    [reverse.url, {}],
    [byName, { dispatcher }],
  ] as const) {
    expect(await length((await request(`${url}/binary`, options)).body)).toBe(20 * megabyte.length);
    const { body } = await request(`${url}/events`, options);
    for await (const chunk of body) {
      expect(String(chunk)).toBe('data: one\n\n');
      break;
    }
  }
});

test('whatever broke off while it ran, nothing is left of it when it stops', async () => {
  const { byName, url } = await there();
  const left = () => process.getActiveResourcesInfo().filter((kind) => /^(TCP(Server|Socket)Wrap|Timeout)$/.test(kind));
  const round = async () => {
    await using proxy = await startProxy({ seed: 1 });
    const dispatcher = new ProxyAgent({ uri: proxy.url, requestTls: { rejectUnauthorized: false } });
    for (const fault of ['tcp/hang', 'tcp/reset', 'http/hang', 'http/stall-mid-answer', 'tcp/refused', 'dns/hang']) {
      await using _ = await proxy.place(fault);
      const signal = AbortSignal.timeout(150);
      // undici heeds a signal only once it is connected.
      const late = new Promise((resolve) => signal.addEventListener('abort', resolve));
      const asking = [byName, url, byName.replace('http:', 'https:')].map((at) =>
        request(`${at}/binary`, { dispatcher, signal })
          .then(({ body }) => length(body))
          .catch(() => undefined),
      );
      await Promise.race([late, Promise.all(asking)]);
    }
    // Connections that never say anything.
    const idle = connect(Number(new URL(proxy.url).port), '127.0.0.1').on('error', () => undefined);
    await once(idle, 'connect');
    const gone = once(idle, 'close');
    await Promise.all([dispatcher.destroy(), proxy[Symbol.asyncDispose](), gone]);
  };
  await round();
  // Nothing that waits by a timer may look: it would count itself.
  for (const until = performance.now() + 5_000; left().length > 1 && performance.now() < until; ) await setImmediate();
  // The server behind, which is the test's own.
  expect(left()).toEqual(['TCPServerWrap']);
});
