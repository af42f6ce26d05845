import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { nodeNames } from '../../harness/drivers/names.ts';
import type { AnyFault } from '../../harness/model/fault.ts';
import type { Place } from '../../harness/model/target.ts';
import { seeded } from '../../harness/random.ts';
import { type NameServer, openNameServer } from '../../mocks/dns/server.ts';
import * as dns from '../../mocks/faults/links/dns/index.ts';

/** What a Node process that has been told of the server finds for a name, by each way of asking. */
async function found(server: NameServer, name: string): Promise<Readonly<Record<string, unknown>>> {
  const program = `
    import { lookup } from 'node:dns';
    import promises from 'node:dns/promises';
    import { promisify } from 'node:util';
    const name = ${JSON.stringify(name)};
    const tell = async (ask) => { try { return await ask(); } catch (error) { return error.code; } };
    console.log(JSON.stringify({
      callback: await tell(() => promisify(lookup)(name)),
      all: await tell(() => promisify(lookup)(name, { all: true })),
      promise: await tell(() => promises.lookup(name)),
      fetch: await fetch('http://' + name + ':4999/').catch((error) => error.cause.code),
    }));`;
  const env = { PATH: process.env.PATH, ...nodeNames({ names: server } as unknown as Place) };
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { env });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return JSON.parse(out || JSON.stringify({ err }));
}

async function withServer<T>(fault: AnyFault | undefined, act: (server: NameServer) => Promise<T>): Promise<T> {
  await using server = await openNameServer({ names: [], observe: () => undefined, now: () => performance.now() });
  server.know({ name: 'idp.failwell.test', addresses: ['127.0.0.1'], link: 'gateway→idp' });
  if (fault) await server.place({ fault, on: 'gateway→idp', schedule: { when: 'always' } }, seeded(1, 'names'));
  return await act(server);
}

describe('a Node process asks the harness for names', () => {
  test('and finds what is right', async () => {
    const here = { address: '127.0.0.1', family: 4 };
    // Whether anybody listens there is another matter.
    expect(await withServer(undefined, (server) => found(server, 'idp.failwell.test'))).toMatchObject({
      callback: '127.0.0.1',
      all: [here],
      promise: here,
    });
  });

  test.for([
    ['ENOTFOUND', dns.unknownName()],
    ['ENOTFOUND', dns.withoutAddress()],
    ['EAI_AGAIN', dns.serverFailure()],
    ['EAI_AGAIN', dns.refusedQuestion()],
  ] as const)('and sees %s for %o', async ([code, fault]) => {
    const seen = await withServer(fault, (server) => found(server, 'idp.failwell.test'));
    expect(seen).toEqual({ callback: code, all: code, promise: code, fetch: code });
  });

  test('and leaves addresses and names of this machine to the system', async () => {
    expect(await withServer(undefined, (server) => found(server, 'localhost'))).toMatchObject({
      all: [{ family: expect.any(Number) }],
    });
    expect(await withServer(undefined, (server) => found(server, '127.0.0.1'))).toMatchObject({
      callback: '127.0.0.1',
    });
  });
});
