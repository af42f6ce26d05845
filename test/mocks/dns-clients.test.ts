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
        const call = get(url, { lookup, agent: false }, (response) => {
          response.setEncoding('utf8').on('data', resolve);
        });
        call.on('error', (problem) => resolve(codeOf(problem)));
      }),
  };
  const place = (fault: AnyFault) => names.place({ fault, on, schedule: { when: 'always' } }, seeded(1, 'dns'));
  return { clients: Object.values(clients), undici: clients.undici, place };
}

const codeOf = (problem: unknown): unknown => (problem as NodeJS.ErrnoException).code;

test.each<[AnyFault, string]>([
  [faults.unknownName(), 'ENOTFOUND'],
  [faults.serverFailure(), 'EAI_AGAIN'],
  [faults.refusedQuestion(), 'EAI_AGAIN'],
  [faults.withoutAddress(), 'ENOTFOUND'],
  [faults.slow({ milliseconds: 50 }), 'right'],
  [faults.wrongAddressFirst(), 'right'],
  ...(process.platform === 'linux' ? [[faults.wrongAddress(), 'ECONNREFUSED'] as [AnyFault, string]] : []),
])('undici and node:http meet $id', async (fault, expected) => {
  const { clients, place } = await stage();
  const clear = await place(fault);
  for (const call of clients) expect(await call()).toBe(expected);
  await clear();
  for (const call of clients) expect(await call()).toBe('right');
});

test('undici gives up connecting while a name is never answered', async () => {
  const { undici, place } = await stage();
  const clear = await place(faults.unanswered());
  expect(await undici()).toBe('UND_ERR_CONNECT_TIMEOUT');
  await clear();
  expect(await undici()).toBe('right');
});

test('the IdP alone has no names to break', async () => {
  await using idp = await startIdp();
  await expect(idp.place(faults.unknownName())).rejects.toThrow(/cannot be placed on an IdP/);
});
