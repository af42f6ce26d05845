import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Random } from '../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { SeenExchange } from '../../mocks/links/exchange.ts';
import { openLink } from '../../mocks/links/link.ts';
import { createAuthority } from '../../mocks/pki/authority.ts';
import type { Authority } from '../../mocks/pki/issued.ts';
import { clients } from './links-clients.ts';
import { asking, type Expected, fields, form, posting, right, type Table } from './links-expected.ts';

export const random: Random = {
  next: () => 0.5,
  int: (min) => min,
  pick: (items) => items[0]!,
  hex: (bytes) => 'ab'.repeat(bytes),
};

/** Each of these faults is met by each client, told of, and gone once it is cleared. */
export function everyFaultIsMet({ faults, expectationOf }: Table, { secure }: { readonly secure: boolean }): void {
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
