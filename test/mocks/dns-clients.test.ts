import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { startIdp } from '../../harness/idp.ts';
import type { AnyFault } from '../../harness/model/fault.ts';
import { seeded } from '../../harness/random.ts';
import { openNameServer } from '../../mocks/dns/server.ts';
import * as faults from '../../mocks/faults/links/dns/index.ts';
import { dnsRows, quickDnsFaults } from './links-expected-dns.ts';

const on = 'client→idp';

async function stage() {
  const idp = createServer((_, response) => response.end('right')).listen(0, '127.0.0.1');
  await once(idp, 'listening');
  const names = await openNameServer({
    names: [{ name: 'idp.example', addresses: ['127.0.0.1'], link: on }],
    observe: () => undefined,
    now: () => performance.now(),
  });
  const { lookup } = names;
  const url = `http://idp.example:${(idp.address() as AddressInfo).port}/`;
  onTestFinished(async () => {
    await names[Symbol.asyncDispose]();
    idp.closeAllConnections();
    idp.close();
  });

  /** A new connection for each call, so that each asks for the name. */
  const clients = {
    async undici() {
      const dispatcher = new Agent({ connect: { lookup, timeout: 1000 } });
      try {
        return await (await request(url, { dispatcher })).body.text();
      } catch (problem) {
        return codeOf(problem);
      } finally {
        await dispatcher.destroy();
      }
    },
    node: () =>
      new Promise<unknown>((resolve) => {
        const call = get(url, { lookup, agent: false, signal: AbortSignal.timeout(2_000) }, (response) => {
          response.setEncoding('utf8').on('data', resolve);
        });
        call.on('error', (problem) => resolve(codeOf(problem)));
      }),
  };
  const place = (fault: AnyFault) => names.place({ fault, on, schedule: { when: 'always' } }, seeded(1, 'dns'));
  return { clients, place };
}

const codeOf = (problem: unknown): unknown => {
  const { code, cause } = problem as NodeJS.ErrnoException;
  return code === 'ABORT_ERR' && (cause as Error).name === 'TimeoutError' ? 'TIMEOUT' : code;
};

const elsewhere =
  process.platform === 'linux' ? quickDnsFaults : quickDnsFaults.filter(({ id }) => id !== 'dns/wrong-address');

test.each(elsewhere.map((fault) => [fault.id, fault] as const))('undici and node:http meet %s', async (id, fault) => {
  const { clients, place } = await stage();
  const clear = await place(fault);
  const { undici, node, takes = 0 } = dnsRows[id]!;
  for (const [call, saw] of [
    [clients.undici, undici],
    [clients.node, node],
  ] as const) {
    const began = performance.now();
    expect(await call()).toBe(saw);
    expect(performance.now() - began).toBeGreaterThanOrEqual(takes);
  }
  await clear();
  for (const call of Object.values(clients)) expect(await call()).toBe('right');
});

test('the IdP alone has no names to break', async () => {
  await using idp = await startIdp();
  await expect(idp.place(faults.unknownName())).rejects.toThrow(/cannot be placed on an IdP/);
});
