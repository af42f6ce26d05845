import { connect } from 'node:net';
import { Pool } from 'undici';
import { beforeAll, expect, test } from 'vitest';
import type { AnyFault, Schedule } from '../../harness/model/fault.ts';
import type { Link } from '../../harness/model/parties.ts';
import { seeded } from '../../harness/random.ts';
import { openNameServer } from '../../mocks/dns/server.ts';
import { tokenServerError } from '../../mocks/faults/idp/index.ts';
import * as links from '../../mocks/faults/links/index.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { paths, post, world } from './idp-fixtures.ts';
import { openSeen, tcp } from './links-served.ts';

/*
 * Faults on wires act on the occasions on which those of the mock IdP do: the same schedules, and by the same seed the
 * same chances, whatever the fault changes and whether or not the link has a socket.
 */
const on: Link = 'gateway→idp';
let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority({ clock: { now: () => Date.now() } });
});

/** Somewhere a fault can stand. */
interface Place extends AsyncDisposable {
  place(schedule: Schedule, seed: number): Promise<unknown>;
  /** One occasion: whether it was broken, as the one who asked sees it. */
  asks(): Promise<boolean>;
}
/** @param now milliseconds, for schedules */
type Open = (now: () => number) => Promise<Place>;

const random = (seed: number) => seeded(seed, 'schedule');

const theIdp: Open = async (now) => {
  const { idp } = await world({ elapsed: now });
  return {
    place: async (schedule, seed) => idp.place({ fault: tokenServerError(), on: 'idp', schedule }, random(seed)),
    asks: async () => (await idp.handle(post(paths.token, { grant_type: 'client_credentials' }))).status === 500,
    async [Symbol.asyncDispose]() {},
  };
};

/** The far end says which request it got. */
const origin = (asked: { authorized?: boolean }) => ({
  async handle({ headers }: { readonly headers: readonly (readonly [string, string])[] }) {
    asked.authorized = headers.some(([name]) => name === 'Authorization');
    return { status: 200, headers: [], body: Buffer.from('well') };
  },
});

/** A link with a socket, to which each request makes a connection of its own. */
const listening =
  (fault: AnyFault): Open =>
  async (now) => {
    const asked: { authorized?: boolean } = {};
    const tls = { ...(await authority.issue({ hosts: ['127.0.0.1'] })), authority };
    const link = await openSeen({ name: on, origin: origin(asked), tls, now });
    return {
      ...link,
      place: (schedule, seed) => link.place({ fault, on, schedule }, random(seed)),
      async asks() {
        const pool = new Pool(link.url, { connect: { ca: authority.caPem } });
        const came = await pool
          .request({ method: 'GET', path: '/', headers: { Authorization: 'Bearer t' } })
          .then(async ({ statusCode, body }) => [statusCode, await body.text()] as const)
          .catch(() => [0, ''] as const);
        await pool.destroy();
        return came[0] !== 200 || came[1] !== 'well' || asked.authorized === false;
      },
    };
  };

const without =
  (fault: AnyFault): Open =>
  async (now) => {
    const asked: { authorized?: boolean } = {};
    const link = await openSeen({ name: on, origin: origin(asked), listen: false, now });
    const headers = [['Authorization', 'Bearer t']] as const;
    const request = { method: 'GET', path: '/', headers, body: new Uint8Array() };
    return {
      ...link,
      place: (schedule, seed) => link.place({ fault, on, schedule }, random(seed)),
      async asks() {
        const { end, answer } = await link.send(request, { signal: AbortSignal.timeout(10_000) });
        return end !== 'complete' || answer?.status !== 200 || asked.authorized === false;
      },
    };
  };

const bytes =
  (fault: AnyFault): Open =>
  async (now) => {
    const far = await tcp((socket) => socket.end('well'));
    const link = await openSeen({ name: on, origin: { tcp: { host: '127.0.0.1', port: far.port } }, now });
    return {
      place: (schedule, seed) => link.place({ fault, on, schedule }, random(seed)),
      async asks() {
        const socket = connect({ host: '127.0.0.1', port: Number(new URL(link.url).port) });
        let came = '';
        socket.on('data', (chunk) => (came += chunk)).on('error', () => undefined);
        socket.write('hello');
        await new Promise((resolve) => socket.once('close', resolve));
        return came !== 'well';
      },
      async [Symbol.asyncDispose]() {
        await link[Symbol.asyncDispose]();
        await far[Symbol.asyncDispose]();
      },
    };
  };

const names: Open = async (now) => {
  const name = { name: 'idp.example', addresses: ['127.0.0.1'], link: on };
  const server = await openNameServer({ names: [name], observe: () => undefined, now });
  return {
    place: (schedule, seed) => server.place({ fault: links.dns.unknownName(), on, schedule }, random(seed)),
    asks: () => new Promise((resolve) => server.lookup('idp.example', {}, (problem) => resolve(problem !== null))),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
};

const dropped = links.headerDropped({ name: 'Authorization' });
const places: readonly (readonly [string, Open])[] = [
  ['a link with a socket, connection', listening(links.resets())],
  ['a link with a socket, handshake', listening(links.tls.alerts())],
  ['a link with a socket, request', listening(dropped)],
  ['a link with a socket, answer', listening(links.status(503))],
  ['a link with a socket, delivery', listening(links.truncated())],
  ['a link with a socket, document', listening(links.body.empty())],
  ['a link without a socket, connection', without(links.resets())],
  ['a link without a socket, request', without(dropped)],
  ['a link without a socket, answer', without(links.status(503))],
  ['a link without a socket, delivery', without(links.truncated())],
  ['a link of bytes, connection', bytes(links.resets())],
  ['a link of bytes, stream', bytes(links.stream.resets({ bytes: 0 }))],
  ['a name server', names],
];

/** Twelve occasions, a second apart. */
async function occasions(open: Open, schedule: Schedule, seed = 1): Promise<readonly number[]> {
  let time = 5_000;
  await using it = await open(() => time);
  await it.place(schedule, seed);
  const acted: number[] = [];
  for (let occasion = 1; occasion <= 12; occasion += 1) {
    if (await it.asks()) acted.push(occasion);
    time += 1_000;
  }
  return acted;
}

const schedules: readonly (readonly [Schedule, readonly number[]])[] = [
  [{ when: 'always' }, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
  [{ when: 'first', count: 2 }, [1, 2]],
  [{ when: 'every', nth: 5 }, [5, 10]],
  [{ when: 'between', from: '2s', to: '4s' }, [3, 4]],
];

test.each([['the mock IdP', theIdp] as const, ...places])('%s keeps to every schedule', async (_, open) => {
  for (const [schedule, acted] of schedules) expect(await occasions(open, schedule), schedule.when).toEqual(acted);
});

const chance: Schedule = { when: 'chance', probability: 0.5 };

test.each(places)(
  '%s: by the same seed the same chances as at the mock IdP, by another seed others',
  async (_, open) => {
    const there = await occasions(theIdp, chance);
    expect(await occasions(open, chance)).toEqual(there);
    const others = await occasions(open, chance, 2);
    expect(others).toEqual(await occasions(theIdp, chance, 2));
    expect(others).not.toEqual(there);
  },
);
