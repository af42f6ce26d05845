import { Pool } from 'undici';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AnyFault } from '../../harness/model/fault.ts';
import type { HttpRequest } from '../../harness/model/http.ts';
import { openNameServer } from '../../mocks/dns/server.ts';
import * as links from '../../mocks/faults/links/index.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { random } from './links-met.ts';
import { openSeen } from './links-served.ts';

/*
 * Faults of every layer stand together, two, three and all of them, in any order of placing: each shows as it does alone.
 */
const on = 'client→idp';
const right = { issuer: 'https://idp.example', jwks_uri: 'https://idp.example/jwks' };
let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority({ clock: { now: () => Date.now() } });
});

/** All that can be seen of one request. */
interface Sight {
  readonly names: readonly string[];
  readonly faults: readonly string[];
  readonly took: number;
  readonly status?: number | undefined;
  readonly text?: string;
  readonly authorized: boolean;
}

interface Member {
  readonly fault: AnyFault;
  /** Whether it shows. */
  shows(sight: Sight): boolean;
}

// Timers are a millisecond early, at times; nothing here takes so long by itself that it would be mistaken for one.
const late = 400;
const members: readonly Member[] = [
  { fault: links.dns.wrongAddressFirst({ ipv4: '127.0.0.9' }), shows: ({ names }) => names.includes('127.0.0.9') },
  { fault: links.latency({ milliseconds: late }), shows: ({ took }) => took >= late - 2 },
  { fault: links.tls.wrongChainOrder(), shows: ({ faults }) => faults.includes('tls/wrong-chain-order') },
  { fault: links.status(503), shows: ({ status }) => status === 503 },
  { fault: links.headerDropped({ name: 'Authorization' }), shows: ({ authorized }) => !authorized },
  { fault: links.document.wrongIssuer(), shows: ({ text }) => text?.includes('https://other-idp.example') === true },
];

/** Every choice of so many of them. */
function choices<T>(from: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]];
  return from.flatMap((first, at) => choices(from.slice(at + 1), size - 1).map((rest) => [first, ...rest]));
}

const origin = (asked: { authorized: boolean }) => ({
  async handle({ headers }: HttpRequest) {
    asked.authorized = headers.some(([name]) => name === 'Authorization');
    return { status: 200, headers: [], body: Buffer.from(JSON.stringify(right)) };
  },
});
const sets = (from: readonly Member[]) =>
  [choices(from, 2), choices(from, 3), [from]].flat().map((set) => ({ ids: set.map(({ fault }) => fault.id), set }));

describe('over a listening link behind a name', () => {
  async function open() {
    const asked = { authorized: true };
    const names: string[] = [];
    const tls = { ...(await authority.issue({ hosts: ['idp.example'] })), authority };
    const link = await openSeen({ name: on, origin: origin(asked), tls });
    const server = await openNameServer({
      names: [{ name: 'idp.example', addresses: ['127.0.0.1'], link: on }],
      observe: ({ answer }) => names.push(...(answer?.addresses ?? [])),
      now: () => performance.now(),
    });
    return {
      place: (fault: AnyFault) =>
        (fault.seam === 'link/name' ? server : link).place({ fault, on, schedule: { when: 'always' } }, random),
      async look(): Promise<Sight> {
        names.length = 0;
        const { length } = link.seen;
        const began = performance.now();
        const pool = new Pool(`https://idp.example:${new URL(link.url).port}`, {
          connect: { ca: authority.caPem, lookup: server.lookup },
        });
        const answer = await pool.request({ method: 'GET', path: '/', headers: { Authorization: 'Bearer t' } });
        const text = await answer.body.text();
        const took = performance.now() - began;
        await pool.destroy();
        const seen = (await link.until(length + 1)).find(({ request }, at) => at >= length && request);
        const { authorized } = asked;
        return { names: [...names], faults: seen?.faults ?? [], took, status: answer.statusCode, text, authorized };
      },
      async [Symbol.asyncDispose]() {
        await server[Symbol.asyncDispose]();
        await link[Symbol.asyncDispose]();
      },
    };
  }

  test.each(sets(members))('$ids', async ({ set }) => {
    for (const order of [set, set.toReversed()]) {
      await using it = await open();
      const clears = [];
      for (const { fault } of order) clears.push(await it.place(fault));
      shown(await it.look(), set);
      // What is cleared is gone, and the others stand.
      await clears.shift()?.();
      shown(await it.look(), order.slice(1));
    }
  });

  /** Exactly these show. */
  function shown(sight: Sight, set: readonly Member[]): void {
    for (const { fault } of set.filter(({ fault: { seam } }) => seam !== 'link/name'))
      expect(sight.faults).toContain(fault.id);
    // A busy machine may be late without a fault.
    for (const member of members)
      if (set.includes(member) || member.fault.id !== 'tcp/latency')
        expect(member.shows(sight), member.fault.id).toBe(set.includes(member));
  }
});

describe('over a link without a socket', () => {
  const cut: Member = { fault: links.truncated({ bytes: 40 }), shows: ({ text }) => text?.length === 40 };
  const inMemory = [...members.filter(({ fault }) => !/^(dns|tls)\//.test(fault.id)), cut];

  test.each(sets(inMemory))('$ids', async ({ set }) => {
    const asked = { authorized: true };
    await using link = await openSeen({ name: on, origin: origin(asked), listen: false });
    for (const { fault } of set) await link.place({ fault, on, schedule: { when: 'always' } }, random);
    const headers = [['Authorization', 'Bearer t']] as const;
    const request = { method: 'GET', path: '/', headers, body: new Uint8Array() };
    const began = performance.now();
    const { answer, end } = await link.send(request, { signal: AbortSignal.timeout(30_000) });
    const [seen] = await link.until(1);
    const sight: Sight = {
      names: [],
      faults: seen?.faults ?? [],
      took: performance.now() - began,
      status: answer?.status,
      text: String(answer?.body),
      authorized: asked.authorized,
    };
    expect([...sight.faults].toSorted()).toEqual(set.map(({ fault }) => fault.id).toSorted());
    for (const member of set) expect(member.shows(sight), member.fault.id).toBe(true);
    expect(end).toBe(set.includes(cut) ? 'truncated' : 'complete');
  });
});
