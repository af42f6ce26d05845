import { promises as dns } from 'node:dns';
import { once } from 'node:events';
import { connect, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { AnyFault, Schedule } from '../../harness/model/fault.ts';
import type { Link } from '../../harness/model/parties.ts';
import { seeded } from '../../harness/random.ts';
import { readQuery } from '../../mocks/dns/message.ts';
import type { Name, SeenQuestion } from '../../mocks/dns/names.ts';
import { openNameServer } from '../../mocks/dns/server.ts';
import { refused } from '../../mocks/faults/links/connection.ts';
import * as faults from '../../mocks/faults/links/dns/index.ts';
import { openLink } from '../../mocks/links/link.ts';
import { dnsRows, quickDnsFaults } from './links-expected-dns.ts';

const on: Link = 'gateway→idp';
const idp: Name = { name: 'idp.example', addresses: ['127.0.0.1', '::1'], link: on };
const api: Name = { name: 'api.example', addresses: ['127.0.0.1'], link: 'gateway→api' };
const always: Schedule = { when: 'always' };
const random = seeded(1, 'dns');

async function stage(names: readonly Name[] = [idp, api]) {
  const seen: SeenQuestion[] = [];
  const server = await openNameServer({
    names,
    observe: (question) => seen.push(question),
    now: () => performance.now(),
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const resolver = (timeout = 5000) => {
    const made = new dns.Resolver({ timeout, tries: 1 });
    made.setServers([server.address]);
    return made;
  };
  const place = (fault: AnyFault, schedule = always) => server.place({ fault, on, schedule }, random);
  const look = (name: string, family = 0) =>
    new Promise<string>((resolve) => {
      server.lookup(name, { all: true, family }, (problem, found) =>
        resolve(problem ? `${problem.code}` : (found as { address: string }[]).map(({ address }) => address).join()),
      );
    });
  return { server, seen, resolver, place, look };
}

const code = (asked: Promise<readonly string[]>) =>
  asked.then(
    (found) => found.join(),
    (problem) => problem.code,
  );

test('answers what it was told, and knows no other name', async () => {
  const { resolver, look, seen } = await stage();
  expect(await resolver().resolve4('idp.example', { ttl: true })).toEqual([{ address: '127.0.0.1', ttl: 0 }]);
  expect(await resolver().resolve6('IDP.Example')).toEqual(['::1']);
  expect(await code(resolver().resolve6('api.example'))).toBe('ENODATA');
  expect(await code(resolver().resolve4('other.example'))).toBe('ENOTFOUND');
  expect(await code(resolver().resolve4('idp\\.example'))).not.toBe('127.0.0.1');
  await expect(resolver().resolveTxt('idp.example')).rejects.toMatchObject({ code: 'ENODATA' });
  expect(await look('idp.example')).toBe('127.0.0.1,::1');
  expect(await look('idp.example', 6)).toBe('::1');
  expect(await look('api.example', 6)).toBe('ENOTFOUND');
  expect(await look('other.example')).toBe('ENOTFOUND');
  expect(await look('192.0.2.7')).toBe('192.0.2.7');
  expect(seen[0]).toMatchObject({ name: 'idp.example', type: 'A', over: 'udp', link: on, faults: [] });
  expect(seen[0]?.answer).toMatchObject({ code: 'NOERROR', addresses: ['127.0.0.1'] });
  expect(seen.at(-1)).toMatchObject({ name: 'other.example', type: 'A and AAAA', over: 'lookup' });
});

test.each(quickDnsFaults.filter(({ id }) => id !== 'dns/hang').map((fault) => [fault.id, fault] as const))(
  '%s is met while it stands, on its link alone',
  async (id, fault) => {
    const { resolver, look, place, seen } = await stage();
    const clear = await place(fault);
    const row = dnsRows[id]!;
    const begun = performance.now();
    expect(await code(resolver().resolve4('idp.example'))).toBe(row.resolver);
    expect(await look('idp.example')).toBe(row.lookup);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(2 * (row.takes ?? 0));
    expect(seen.every(({ faults }) => faults.join() === id)).toBe(true);
    expect(await code(resolver().resolve4('api.example'))).toBe('127.0.0.1');
    await clear();
    expect(await code(resolver().resolve4('idp.example'))).toBe('127.0.0.1');
    expect(await look('idp.example')).toBe('127.0.0.1,::1');
    expect(seen.slice(-2).flatMap(({ faults }) => faults)).toEqual([]);
  },
);

test('a question that is never answered times out, and a lookup ends when the fault is cleared', async () => {
  const { resolver, look, place, seen } = await stage();
  const clear = await place(faults.unanswered());
  const row = dnsRows['dns/hang']!;
  expect(await code(resolver(100).resolve4('idp.example'))).toBe(row.resolver);
  const pending = look('idp.example');
  expect(await Promise.race([pending, code(resolver().resolve4('api.example'))])).toBe('127.0.0.1');
  await clear();
  expect(await pending).toBe(row.lookup);
  const lost = seen.filter(({ faults }) => faults.join() === 'dns/hang');
  expect(lost.length).toBeGreaterThan(1);
  expect(lost.filter(({ answer }) => answer !== undefined)).toEqual([]);
  expect(await look('idp.example')).toBe('127.0.0.1,::1');
});

test('a slow answer comes at once when its fault is cleared', async () => {
  const { look, place } = await stage();
  const clear = await place(faults.slow({ milliseconds: 60_000 }));
  const pending = look('idp.example');
  await clear();
  expect(await pending).toBe('127.0.0.1,::1');
});

test('a name flaps when a fault is placed on every second question; what changes nothing is not counted', async () => {
  const { look, place } = await stage();
  await place(faults.withoutAddress(), { when: 'every', nth: 2 });
  const saw: string[] = [];
  for (let count = 0; count < 4; count++) saw.push(await look('idp.example', 4), await look('api.example', 4));
  expect(saw.filter((_, at) => at % 2 === 0)).toEqual(['127.0.0.1', 'ENOTFOUND', '127.0.0.1', 'ENOTFOUND']);
  expect(saw.filter((_, at) => at % 2 === 1)).toEqual(Array(4).fill('127.0.0.1'));
});

test('faults compose in the order of their placing', async () => {
  const { look, place, seen } = await stage();
  await place(faults.slow({ milliseconds: 40 }));
  await place(faults.serverFailure(), { when: 'first', count: 1 });
  expect(await look('idp.example')).toBe('EAI_AGAIN');
  expect(await look('idp.example')).toBe('127.0.0.1,::1');
  expect(seen.map(({ faults }) => faults)).toEqual([['dns/slow', 'dns/servfail'], ['dns/slow']]);
});

test('an answer too long for UDP is fetched over TCP', async () => {
  const addresses = Array.from({ length: 60 }, (_, at) => `192.0.2.${at}`);
  const { resolver, seen } = await stage([{ name: 'many.example', addresses, link: on }]);
  expect((await resolver().resolve4('many.example')).toSorted()).toEqual(addresses.toSorted());
  expect(seen.map(({ over }) => over)).toEqual(['udp', 'tcp']);
});

test('every IPv6 address arrives as it was given', async () => {
  const property = fc.asyncProperty(fc.uniqueArray(fc.ipV6(), { minLength: 1, maxLength: 8 }), async (addresses) => {
    const server = await openNameServer({ names: [{ ...idp, addresses }], observe: () => undefined, now: () => 0 });
    try {
      const resolver = new dns.Resolver();
      resolver.setServers([server.address]);
      const plain = (all: readonly string[]) => all.map((one) => new URL(`http://[${one}]`).hostname).toSorted();
      expect(plain(await resolver.resolve6('idp.example'))).toEqual(plain(addresses));
    } finally {
      await server[Symbol.asyncDispose]();
    }
  });
  await fc.assert(property, { numRuns: 30 });
});

test('no message makes it fail, and what it reads is what was sent', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const query = readQuery(Buffer.from(bytes));
      if (query && !query.problem) expect(query.question.length).toBeGreaterThan(4);
    }),
  );
  const header = '1234 0100 0001 0000 0000 0000';
  const read = (hex: string) => readQuery(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  expect(read(`${header} 01 61 02 622e 00 001c 0001`)).toMatchObject({ name: 'a.b\\.', type: 'AAAA' });
  expect(read(`${header} 01 61 00 0041 0001`)).toMatchObject({ type: 'TYPE65' });
  expect(read(`${header} 01 61 00 0001 0003`)).toMatchObject({ problem: 'REFUSED' });
  expect(read(`${header} c00c 0001 0001`)).toMatchObject({ problem: 'FORMERR' });
  expect(read(`${header} c0 ${'61'.repeat(192)} 00 0001 0001`)).toMatchObject({ problem: 'FORMERR' });
  expect(read(`${header} 01 61 00 0001`)).toMatchObject({ problem: 'FORMERR' });
  expect(read('1234 0100 0000 0000 0000 0000')).toMatchObject({ problem: 'FORMERR' });
  expect(read('1234 2800 0001 0000 0000 0000')).toMatchObject({ problem: 'NOTIMP' });
  expect(read(header.replace('0100', '8180'))).toBeUndefined();
});

test('several questions on one TCP connection are answered, however the bytes are cut', async () => {
  const { server } = await stage();
  const socket = connect({ host: '127.0.0.1', port: Number(server.address.split(':')[1]) });
  await once(socket, 'connect');
  const query = (id: string) => `001d ${id} 0100 0001 0000 0000 0000 03 617069 07 6578616d706c65 00 0001 0001`;
  const bytes = Buffer.from(`${query('0001')}${query('0002')}`.replaceAll(' ', ''), 'hex');
  socket.setNoDelay();
  for (const byte of bytes) socket.write(Buffer.of(byte));
  let got = Buffer.alloc(0);
  while (got.length < 2 * (2 + 29 + 16)) got = Buffer.concat([got, (await once(socket, 'data'))[0]]);
  socket.destroy();
  const answers = [got.subarray(0, 47), got.subarray(47)].map((one) => one.toString('hex'));
  expect(answers.map((one) => one.slice(4, 8)).toSorted()).toEqual(['0001', '0002']);
  for (const one of answers) expect(one.endsWith('00047f000001')).toBe(true);
});

test('what cannot stand or resolve here is turned away', async () => {
  const { server, place } = await stage();
  const fault = faults.slow();
  await expect(place(refused())).rejects.toThrow(/which no name server has/);
  await expect(server.place({ fault, on: 'client→idp', schedule: always }, random)).rejects.toThrow(/no name leads/);
  await expect(server.place({ fault, on, at: 'jwks', schedule: always }, random)).rejects.toThrow(/no endpoint/);
  await expect(stage([{ ...idp, addresses: ['localhost'] }])).rejects.toThrow(/give it an IP address/);
  expect(isIPv6('fe80::1%lo')).toBe(true);
  await expect(stage([{ ...idp, addresses: ['fe80::1%lo'] }])).rejects.toThrow(/give it an IP address/);
  const origin = { handle: async () => ({ status: 200, headers: [], body: Buffer.alloc(0), faults: [] }) };
  const link = await openLink({ name: on, origin, listen: false, observe: () => undefined, now: () => 0 });
  onTestFinished(() => link[Symbol.asyncDispose]());
  await expect(link.place({ fault, on, schedule: always }, random)).rejects.toThrow(/on a name server/);
});
