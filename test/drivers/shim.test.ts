import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { asked, postedTo } from '../../harness/drivers/asked.ts';
import { command } from '../../harness/drivers/command.ts';
import { inProcess } from '../../harness/drivers/in-process.ts';
import { shim } from '../../harness/drivers/shim.ts';
import type { Instruction } from '../../harness/model/client.ts';
import type { ClientWiring, Driver, Instance } from '../../harness/model/target.ts';

const program = fileURLToPath(new URL('fixtures/shim.mjs', import.meta.url));
const wiring = { ca: { pem: '', file: '/ca.pem' }, host: '127.0.0.1', port: 0 } as unknown as ClientWiring;
const soon = () => AbortSignal.timeout(10_000);

const instruction = (how: string, more: Partial<Instruction> = {}) =>
  ({
    do: 'call',
    call: 'https://api.example/',
    session: 'alice',
    client_id: how,
    ca_file: '/ca.pem',
    ...more,
  }) as Instruction;

async function started(driver: Driver<ClientWiring>): Promise<Instance & { readonly lines: string[] }> {
  const lines: string[] = [];
  const instance = await driver.start(wiring, {
    signal: soon(),
    log: (stream, line) => lines.push(`${stream} ${line}`),
  });
  onTestFinished(() => instance.stop());
  return Object.assign(instance, { lines });
}
const node = (lifetime: 'session' | 'once') => shim({ command: 'node', args: [program], lifetime });

test('a shim that lives on answers one instruction after another, and the rest of its output is its log', async () => {
  const { ask, lines } = await started(node('session'));
  const first = await ask!(instruction('works'), soon());
  expect(first).toEqual({ id: 1, ok: true, sub: 'alice', keep: [expect.any(Number), true] });
  const [second, third] = await Promise.all(
    ['bob', 'carol'].map((session) => ask!(instruction('works', { session }), soon())),
  );
  expect([second, third]).toMatchObject([
    { sub: 'bob', keep: first.keep },
    { sub: 'carol', keep: first.keep },
  ]);
  expect(lines).toContain('stdout not an answer');
  expect(lines).toContain('stdout {"also":"none"}');
  await expect.poll(() => lines).toContain('stderr does call');
});

test('one that lives once is started for each instruction, and gets back what it asked to keep', async () => {
  const { ask } = await started(node('once'));
  const first = await ask!(instruction('works'), soon());
  const second = await ask!(instruction('works', { kept: first.keep! }), soon());
  expect(second.keep).toHaveLength(4);
  expect((second.keep as unknown[])[2]).not.toBe((first.keep as unknown[])[0]);
});

test('an error comes with its cause, and a no without a reason is still a no', async () => {
  const { ask } = await started(node('session'));
  expect(await ask!(instruction('refuses'), soon())).toEqual({
    ok: false,
    error: {
      name: 'TypeError',
      message: 'fetch failed',
      cause: { name: 'Error', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
    },
  });
  expect(await ask!(instruction('gives-no-reason'), soon())).toEqual({
    ok: false,
    error: { name: 'Error', message: 'no reason given' },
  });
});

test('one that is silent or dies has not answered, and that it died is known', async () => {
  const { ask, exited } = await started(node('session'));
  await expect(ask!(instruction('is-silent'), AbortSignal.timeout(200))).rejects.toThrow(
    "'node shim.mjs' did not answer call in time",
  );
  expect(await ask!(instruction('works', { session: 'late' }), soon())).toMatchObject({ sub: 'late' });
  await expect(ask!(instruction('dies'), soon())).rejects.toThrow(
    "'node shim.mjs' exited with code 3 without an answer",
  );
  expect(await exited).toBe('exited with code 3');
});

test('a command that is not there is said in one sentence', async () => {
  await expect(started(shim({ command: 'no-such-shim', args: [], lifetime: 'session' }))).rejects.toThrow(
    "The target's command 'no-such-shim' was not found: install it, or correct 'command' in the target's file.",
  );
});

test('a command-line client is told by arguments and environment, and its exit code is its answer', async () => {
  const cli = command({
    command: 'sh',
    args: ({ do: what }) => ['-c', 'echo "$0 for $WHO"; test "$WHO" = works || { echo "denied" >&2; exit 4; }', what],
    env: ({ client_id }) => ({ WHO: client_id }),
  });
  const { ask, lines } = await started(cli);
  expect(await ask!(instruction('works'), soon())).toEqual({ ok: true });
  expect(await ask!(instruction('other'), soon())).toEqual({
    ok: false,
    error: { name: 'Exit', message: 'denied', code: '4' },
  });
  expect(lines).toEqual(['stdout call for works', 'stdout call for other', 'stderr denied']);
  const stuck = await started(command({ command: 'sleep', args: () => ['60'] }));
  await expect(stuck.ask!(instruction('works'), AbortSignal.timeout(100))).rejects.toThrow(
    "'sleep 60' was killed by SIGKILL",
  );
});

test('a client that serves is asked over HTTP, or by a function that knows how', async () => {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { do: what } = JSON.parse(Buffer.concat(chunks).toString()) as Instruction;
    response.end(JSON.stringify({ ok: true, sub: `${request.method} ${request.url} ${what}` }));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const serving = inProcess<ClientWiring>(async () => ({ url, exited: new Promise(() => {}), stop: async () => {} }));
  const posted = await started(asked(serving, postedTo('/shim')));
  expect(await posted.ask!(instruction('works'), soon())).toEqual({ ok: true, sub: 'POST /shim call' });
  expect(posted.url).toBe(url);
  const known = await started(
    asked(serving, async ({ session }, client) => ({ ok: true, sub: `${session} at ${client.url}` })),
  );
  expect(await known.ask!(instruction('works'), soon())).toEqual({ ok: true, sub: `alice at ${url}` });
});
