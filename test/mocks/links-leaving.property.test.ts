import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { seeded } from '../../harness/random.ts';
import { faults } from '../../mocks/faults/all.ts';
import type { LinkTls } from '../../mocks/links/listener.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import { openSeen, serve } from './links-served.ts';

/*
 * In front of a real server that is slow, breaks off or resets, peers leave at any moment, with faults or without: the
 * next one is served, and every exchange is told of once.
 */
const on = 'client→idp';
const quick = faults.filter(
  ({ id, seam }) =>
    (seam === 'link/answer' || seam === 'link/request') && !/latency|drip|bandwidth|huge|bomb|flood/.test(id),
);

interface Server {
  /** Milliseconds before the head. */
  readonly delay: number;
  /** Bytes of each piece of the body, a turn of the event loop between them. */
  readonly pieces: readonly number[];
  readonly ends: 'end' | 'close' | 'reset';
}
const servers: fc.Arbitrary<Server> = fc.record({
  delay: fc.nat(10),
  pieces: fc.array(fc.nat(20_000), { maxLength: 5 }),
  ends: fc.constantFrom('end', 'end', 'close', 'reset'),
});
/** Milliseconds after its request; `null` stays until the end, or for a while. */
const leaves = fc.option(fc.nat(25));

let upstream: LinkTls;
let ca: string;
beforeAll(async () => {
  const authority = await createAuthority({ clock: { now: () => Date.now() } });
  upstream = await authority.issue({ hosts: ['127.0.0.1'] });
  ca = authority.caPem;
});

/** Asks, and is gone after so many milliseconds. */
async function ask(url: string, after: number): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined).resume();
  socket.write('GET /asked HTTP/1.1\r\nHost: idp\r\nConnection: close\r\n\r\n');
  await Promise.race([closed, pause(after)]);
  socket.destroy();
  await closed;
}

test.each(['http', 'https'])(
  'over %s to the server',
  async (scheme) => {
    let how: Server = { delay: 0, pieces: [5], ends: 'end' };
    await using server = await serve(
      async (request, response) => {
        if (request.url === '/well') return void response.end('well');
        const { delay, pieces, ends } = how;
        await pause(delay);
        response.writeHead(200, { 'Content-Type': 'application/json' });
        for (const length of pieces) {
          response.write('x'.repeat(length));
          await pause(0);
        }
        if (ends === 'end') response.end();
        // The link may have left already, and TLS has no reset of its own.
        else if (ends === 'close' || scheme === 'https' || request.socket.destroyed) response.destroy();
        else request.socket.resetAndDestroy();
      },
      scheme === 'https' ? upstream : undefined,
    );
    await using link = await openSeen({ name: on, origin: { url: server.url, ca } });
    const several = fc.shuffledSubarray(quick, { maxLength: 2 });
    const property = fc.asyncProperty(servers, several, leaves, fc.integer(), async (does, chosen, leaving, seed) => {
      how = does;
      link.seen.length = 0;
      const clears = [];
      for (const fault of chosen)
        clears.push(await link.place({ fault, on, schedule: { when: 'always' } }, seeded(seed, fault.id)));
      // Half of them open a connection of their own to the server.
      if (seed % 2 === 0) await link.retarget(server.url);
      await ask(link.url, leaving ?? 300);
      for (const clear of clears) await clear();
      const well = await fetch(`${link.url}/well`, {
        headers: { connection: 'close' },
        signal: AbortSignal.timeout(30_000),
      });
      expect(await well.text()).toBe('well');
      await expect.poll(() => link.seen.filter(({ request }) => request?.path === '/well').length).toBe(1);
      // A peer that left before its request had come is told of without one.
      expect(link.seen.filter(({ request }) => request?.path !== '/well').length).toBe(1);
    });
    await fc.assert(property, { numRuns: Number(process.env.FAILWELL_FUZZ ?? 80) });
  },
  300_000,
);
