import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExchangeEnd } from '../../harness/model/exchange.ts';
import type { AnyFault, Random } from '../../harness/model/fault.ts';
import { linkFaults } from '../../mocks/faults/links/all.ts';
import { drips } from '../../mocks/faults/links/delivery.ts';
import type { SeenExchange } from '../../mocks/links/exchange.ts';
import { openLink } from '../../mocks/links/link.ts';
import { type Authority, createAuthority } from '../../mocks/pki/authority.ts';
import { clients, type Saw } from './links-clients.ts';

const document = JSON.stringify({ keys: [{ kid: 'one', kty: 'RSA' }] });
const right = [
  ['Content-Type', 'application/json'],
  ['Access-Control-Allow-Origin', '*'],
] as const;
const random: Random = { next: () => 0.5, int: (min) => min, pick: (items) => items[0]!, hex: (n) => 'ab'.repeat(n) };
// Those of TLS have a test of their own.
const faults = linkFaults.filter(({ layer }) => layer !== 'tls').map((fault) => (fault.id === 'http/drip' ? drips({ bytesPerSecond: 400 }) : fault));

/** What the client must see. A code is a pattern over undici's, Node's and curl's. */
interface Expected {
  readonly end?: ExchangeEnd;
  readonly status?: number;
  readonly code?: RegExp;
  readonly saw?: (saw: Saw) => void;
  readonly far?: (headers: readonly (readonly [string, string])[]) => void;
}

const text = (saw: Saw) => String(saw.body);
const authorization = (headers: readonly (readonly [string, string])[]) =>
  headers.filter(([name]) => name.toLowerCase() === 'authorization');

const expected: { readonly [id: string]: Expected } = {
  'tcp/refused': { code: /^(ECONNREFUSED|curl:7)$/ },
  'tcp/hang': { end: 'hung', code: /^(TIMEOUT|curl:28)$/ },
  'tcp/reset': { end: 'reset', code: /^(ECONNRESET|UND_ERR_SOCKET|curl:(35|56))$/ },
  'http/rate-limited': { status: 429, saw: (saw) => expect(saw.headers?.['retry-after']).toBe('1') },
  'http/rate-limited-no-hint': { status: 429, saw: (saw) => expect(saw.headers?.['retry-after']).toBeUndefined() },
  'http/unavailable': { status: 503, saw: (saw) => expect(saw.headers?.['retry-after']).toBeUndefined() },
  'http/unavailable-for-now': { status: 503, saw: (saw) => expect(saw.headers?.['retry-after']).toBe('1') },
  'http/content-type-text-plain': { saw: (saw) => expect(saw.headers?.['content-type']).toBe('text/plain') },
  'http/content-type-missing': { saw: (saw) => expect(saw.headers?.['content-type']).toBeUndefined() },
  'http/cors-missing': { saw: (saw) => expect(saw.headers?.['access-control-allow-origin']).toBeUndefined() },
  'document/empty': { saw: (saw) => expect(text(saw)).toBe('') },
  'document/html': { saw: (saw) => expect(text(saw)).toContain('<!DOCTYPE html>') },
  'document/malformed-json': { saw: (saw) => expect(() => JSON.parse(text(saw))).toThrow() },
  'document/truncated-json': { saw: (saw) => expect(document.startsWith(text(saw))).toBe(true) },
  'document/trailing-garbage': { saw: (saw) => expect(text(saw)).toContain('}\n<!--') },
  'document/json-array': { saw: (saw) => expect(JSON.parse(text(saw))).toEqual([JSON.parse(document)]) },
  'document/huge': {
    saw: (saw) => {
      expect(saw.body!.byteLength).toBeGreaterThan(5_000_000);
      expect(JSON.parse(text(saw))).toMatchObject(JSON.parse(document));
    },
  },
  'document/deep-json': { saw: (saw) => expect(text(saw)).toMatch(/^\{"deep":\[{9}/) },
  'document/byte-order-mark': { saw: (saw) => expect(saw.body!.subarray(0, 3).toString('hex')).toBe('efbbbf') },
  'http/truncated': { end: 'truncated', status: 200, code: /^(UND_ERR_SOCKET|ECONNRESET|curl:18)$/ },
  'http/reset-mid-answer': { end: 'reset', code: /^(UND_ERR_SOCKET|ECONNRESET|curl:56)$/ },
  'http/reset-before-answer': { end: 'reset', code: /^(UND_ERR_SOCKET|ECONNRESET|curl:(52|56))$/ },
  'http/hang': { end: 'hung', code: /^(TIMEOUT|curl:28)$/ },
  'http/drip': { saw: (saw) => expect(text(saw)).toBe(document) },
  'http/redirect-elsewhere': { status: 302, saw: (saw) => expect(saw.headers?.location).toContain('.invalid/') },
  'http/redirect-loop': { status: 302, saw: (saw) => expect(saw.headers?.location).toBe('?again') },
  'http/gzip-garbage': { saw: (saw) => expect(() => gunzipSync(saw.body!)).toThrow('incorrect header') },
  'http/gzip-cut': { saw: (saw) => expect(() => gunzipSync(saw.body!)).toThrow('unexpected end') },
  'http/gzip-plain': { saw: (saw) => expect(saw.headers?.['content-encoding']).toBe('gzip') },
  'http/request-authorization-dropped': { far: (headers) => expect(authorization(headers)).toEqual([]) },
  'http/request-authorization-doubled': { far: (headers) => expect(authorization(headers)).toHaveLength(2) },
  'http/request-authorization-recased': {
    far: (headers) => expect(authorization(headers)).toEqual([['AUTHORIZATION', 'Bearer t']]),
  },
  'http/proxy-forbidden': { status: 403, saw: (saw) => expect(saw.headers?.via).toContain('proxy') },
  'http/proxy-authentication-required': {
    status: 407,
    saw: (saw) => expect(saw.headers?.['proxy-authenticate']).toContain('Basic'),
  },
  'http/captive-portal': { status: 511, saw: (saw) => expect(saw.headers?.['content-type']).toBe('text/html') },
};

function expectationOf({ id }: AnyFault): Expected | undefined {
  const status = /^http\/status-(\d+)$/.exec(id)?.[1];
  return status ? { status: Number(status), saw: (saw) => expect(text(saw)).toBe(document) } : expected[id];
}

let authority: Authority;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'failwell-links-'));
  authority = await createAuthority({ clock: { now: () => Date.now() } });
});
afterAll(() => rmSync(folder, { recursive: true }));

test('ids are unique, and every fault has an expectation here', () => {
  expect(new Set(linkFaults.map(({ id }) => id)).size).toBe(linkFaults.length);
  expect(faults.filter((fault) => !expectationOf(fault))).toEqual([]);
});

describe.each(clients)('%s', (_, connect) => {
  test.each(faults.map((fault) => [fault.id, fault] as const))('%s is met, told and cleared', async (id, fault) => {
    const seen: SeenExchange[] = [];
    const asked: (readonly (readonly [string, string])[])[] = [];
    await using link = await openLink({
      name: 'gateway→idp',
      listen: true,
      tls: await authority.issue({ hosts: ['127.0.0.1'] }),
      origin: {
        async handle({ headers }) {
          asked.push(headers);
          return { status: 200, headers: right, body: Buffer.from(document) };
        },
      },
      observe: (exchange) => seen.push(exchange),
      now: () => performance.now(),
    });
    await using client = connect(link.url, authority.caPem, folder);
    const get = (deadline?: number) => client.get('/jwks', ['Authorization', 'Bearer t'], deadline);
    const healthy = { status: 200, body: Buffer.from(document) };

    expect(await get()).toMatchObject(healthy);
    expect(seen).toMatchObject([{ end: 'complete', faults: [] }]);

    const clear = await link.place({ fault, on: 'gateway→idp', schedule: { when: 'always' } }, random);
    const { end = 'complete', status = 200, code, saw, far } = expectationOf(fault)!;
    const result = await get(end === 'hung' ? 300 : undefined);
    if (code) expect(result.code).toMatch(code);
    else expect(result).toMatchObject({ status });
    expect(result.code === undefined).toBe(code === undefined);
    saw?.(result);
    far?.(asked.at(-1)!);

    await clear();
    const met = seen.slice(1);
    // A closed port sees nobody knock.
    if (id === 'tcp/refused') expect(met).toEqual([]);
    else expect(met).toMatchObject([{ end, faults: [id], link: 'gateway→idp' }]);

    expect(await get()).toMatchObject(healthy);
    expect(seen.at(-1)).toMatchObject({ end: 'complete', faults: [], response: { status: 200 } });
  });
});
