import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExchangeEnd } from '../../harness/model/exchange.ts';
import type { AnyFault, Random } from '../../harness/model/fault.ts';
import type { Headers, HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { SeenExchange } from '../../mocks/links/exchange.ts';
import { openLink } from '../../mocks/links/link.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { clients, type Saw } from './links-clients.ts';

/** What a far end says in which every fault finds something to change. */
export const document = {
  issuer: 'https://idp.example',
  jwks_uri: 'https://idp.example/jwks',
  authorization_endpoint: 'https://idp.example/authorize',
  token_endpoint: 'https://idp.example/token',
  userinfo_endpoint: 'https://idp.example/userinfo',
  end_session_endpoint: 'https://idp.example/logout',
  keys: [{ kid: 'one', kty: 'RSA' }],
  access_token: 'abc',
  token_type: 'Bearer',
  expires_in: 300,
  active: true,
};
export const right = JSON.stringify(document);
const fields: Headers = [
  ['Content-Type', 'application/json'],
  ['Access-Control-Allow-Origin', 'https://app.example'],
  ['Access-Control-Allow-Credentials', 'true'],
  ['Access-Control-Allow-Headers', 'authorization'],
  ['Access-Control-Allow-Methods', 'POST'],
  ['Set-Cookie', 'sid=1; Path=/; SameSite=Lax'],
  ['Cache-Control', 'no-store'],
  // As most servers send it.
  ['content-length', String(Buffer.byteLength(right))],
];
const asking = ['Authorization', 'Bearer t'];
const posting = [
  ...[...asking, 'Content-Type', 'application/x-www-form-urlencoded', 'Cookie', 'sid=1'],
  ...['X-Forwarded-Host', 'app.example', 'X-Forwarded-Proto', 'https', 'X-Forwarded-For', '192.0.2.1'],
];
export const form = 'grant_type=client_credentials&scope=a+b';

export const random: Random = {
  next: () => 0.5,
  int: (min) => min,
  pick: (items) => items[0]!,
  hex: (bytes) => 'ab'.repeat(bytes),
};

/** What the client must see. A code is a pattern over undici's, Node's and curl's. */
export interface Expected {
  readonly end?: ExchangeEnd;
  /** Default 200. */
  readonly status?: number;
  /** How the client failed; absent: it must not fail. By client, where they differ; `null` is no failure. */
  readonly code?: RegExp | { readonly [client: string]: RegExp | null };
  readonly saw?: (saw: Saw, client: string) => void;
  /** What the far end was asked. */
  readonly far?: (request: HttpRequest) => void;
  /** What the link tells that it sent. */
  readonly told?: (answer: HttpAnswer) => void;
  /** Leaves the client with a dead connection, which it may try once more. */
  readonly stale?: true;
  /** At least so many milliseconds, by a monotonic clock. */
  readonly takes?: number;
}

/** Each of these faults is met by each client, told of, and gone once it is cleared. */
export function everyFaultIsMet(
  faults: readonly AnyFault[],
  expectationOf: (fault: AnyFault) => Expected | undefined,
  { secure }: { readonly secure: boolean },
): void {
  let authority: Authority;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'failwell-links-'));
    authority = await createAuthority({ clock: { now: () => Date.now() } });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('ids are unique, and every fault has an expectation here', () => {
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
    expect(faults.filter((fault) => !expectationOf(fault)).map(({ id }) => id)).toEqual([]);
  });

  describe.each(clients)('%s', (name, connect) => {
    test.each(faults.map((fault) => [fault.id, fault] as const))('%s is met, told and cleared', async (id, fault) => {
      const seen: SeenExchange[] = [];
      const asked: HttpRequest[] = [];
      await using link = await openLink({
        name: 'gateway→idp',
        listen: true,
        tls: secure ? await authority.issue({ hosts: ['127.0.0.1'] }) : undefined,
        origin: {
          async handle(request) {
            asked.push(request);
            return { status: 200, headers: fields, body: Buffer.from(right) };
          },
        },
        observe: (exchange) => seen.push(exchange),
        now: () => performance.now(),
      });
      await using client = connect(link.url, secure ? authority.caPem : undefined, folder);
      const posts = fault.seam === 'link/request';
      const get = (deadline?: number) =>
        client.get('/jwks?a=1', posts ? posting : asking, deadline, posts ? form : undefined);
      const healthy = { status: 200, body: Buffer.from(right) };

      expect(await get()).toMatchObject(healthy);
      expect(seen).toMatchObject([{ end: 'complete', faults: [] }]);

      const clear = await link.place({ fault, on: 'gateway→idp', schedule: { when: 'always' } }, random);
      const {
        end = 'complete',
        status = 200,
        code,
        saw,
        far,
        told,
        stale,
        takes = 0,
      } = expectationOf(fault) as Expected;
      const began = performance.now();
      const result = await get(end === 'hung' ? 300 : undefined);
      expect(performance.now() - began).toBeGreaterThanOrEqual(takes);
      const failure = code instanceof RegExp ? code : code?.[name];
      if (failure) expect(result.code).toMatch(failure);
      else expect(result).toMatchObject({ status });
      expect(result.code === undefined).toBe(!failure);
      saw?.(result, name);
      far?.(asked.at(-1) as HttpRequest);

      await clear();
      // An exchange that the client gave up is told of when its connection is gone.
      await expect.poll(() => seen.length).toBe(id === 'tcp/refused' ? 1 : 2);
      // A closed port sees nobody knock.
      if (id !== 'tcp/refused') expect(seen[1]).toMatchObject({ end, faults: [id], link: 'gateway→idp' });
      told?.(seen[1]?.response as HttpAnswer);

      if (stale) await expect.poll(() => get()).toMatchObject(healthy);
      else expect(await get()).toMatchObject(healthy);
      expect(seen.at(-1)).toMatchObject({ end: 'complete', faults: [], response: { status: 200 } });
    });
  });
}

export const text = (saw: Saw) => String(saw.body);
/** Every value of a field, as the client lists them. */
export const values = (headers: Headers, name: string) =>
  headers.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value);
