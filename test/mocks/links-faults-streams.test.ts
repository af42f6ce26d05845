import { describe, expect, test } from 'vitest';
import { clients } from './links-clients.ts';
import { type Expected, right } from './links-expected.ts';
import { streams } from './links-expected-streams.ts';
import { random } from './links-met.ts';
import { openSeen, serve } from './links-served.ts';

const name = 'idp→store';

test('every fault of a connection without HTTP has an expectation here', () => {
  expect(streams.faults.filter((fault) => !streams.expectationOf(fault))).toEqual([]);
});

describe.each(clients)('%s', (client, connect) => {
  test.each(streams.faults.map((fault) => [fault.id, fault] as const))(
    '%s is met, told and cleared',
    async (id, fault) => {
      await using server = await serve((_, response) => void response.end(right));
      await using link = await openSeen({ name, origin: { tcp: { host: '127.0.0.1', port: server.port } } });
      // A connection for each: placing a fault ends those that stand.
      const get = async (deadline?: number) => {
        await using caller = connect(link.url.replace('tcp:', 'http:'), undefined, '');
        return await caller.get('/', [], deadline);
      };
      const healthy = { status: 200, body: Buffer.from(right) };
      expect(await get()).toMatchObject(healthy);

      const clear = await link.place({ fault, on: name, schedule: { when: 'always' } }, random);
      const { end = 'complete', code, saw, takes = 0 } = streams.expectationOf(fault) as Expected;
      const began = performance.now();
      const result = await get(end === 'hung' ? 300 : undefined);
      expect(performance.now() - began).toBeGreaterThanOrEqual(takes);
      if (code) expect(result.code).toMatch(code as RegExp);
      else expect(result).toMatchObject(healthy);
      saw?.(result, client);

      await clear();
      expect(await get()).toMatchObject(healthy);
      await expect.poll(() => link.seen.filter(({ faults }) => faults.length > 0).length).toBeGreaterThan(0);
      // Who ends a connection that is half open or would live on is chance.
      const ends = /half-close/.test(id) || end === 'complete' ? expect.toBeOneOf([end, 'closed']) : end;
      for (const one of link.seen.filter(({ faults }) => faults.length > 0))
        expect(one).toMatchObject({ end: ends, faults: [id], stream: { near: expect.any(Number) } });
    },
  );
});
