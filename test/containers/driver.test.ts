import { createServer } from 'node:net';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { openEngine } from '../../harness/drivers/container/engine.ts';
import { ownerLabel, ownLabels } from '../../harness/drivers/container/owner.ts';
import { FailwellError } from '../../harness/model/error.ts';
import type { Instance } from '../../harness/model/target.ts';
import { needing } from '../machine.ts';
import { listening, perl, start, wiring } from './wired.ts';

const ask = async ({ url }: Instance, path: string) => await (await fetch(url + path)).text();

async function refusal(instance: Promise<unknown>): Promise<string> {
  const error = await instance.then(
    () => expect.unreachable('it started'),
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(FailwellError);
  expect(error.code).toBe('target-not-ready');
  return error.message;
}

/** What this process has in the engine. */
async function mine(): Promise<readonly string[]> {
  const { docker } = await openEngine();
  const filters = { label: [`${ownerLabel}=${ownLabels()[ownerLabel]}`] };
  const containers = await docker.listContainers({ all: true, filters });
  const networks = await docker.listNetworks({ filters });
  return [...containers.map(({ Names }) => Names[0]!), ...networks.map(({ Name }) => Name)];
}

describe('a container', needing('engine'), () => {
  beforeAll(() => perl().prepare!(() => {}, AbortSignal.timeout(280_000)), 300_000);

  test('starts, serves on loopback alone, says what runs, and nothing of it is left', async () => {
    const { instance, lines } = start();
    const { url, about, exited, stop } = await instance;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(about).toMatch(/^image failwell\/perl:[0-9a-f]{12} sha256:[0-9a-f]{64}$/);
    const { docker } = await openEngine();
    const [name] = await mine();
    const { HostConfig } = await docker.getContainer(name!.slice(1)).inspect();
    expect(HostConfig.PortBindings['8080/tcp']).toEqual([{ HostIp: '127.0.0.1', HostPort: new URL(url).port }]);
    await stop();
    expect(await exited).toMatch(/^(?:killed by SIGKILL|removed)$/);
    expect(lines.toSorted().slice(-2)).toEqual(['stdout: asked for /', 'stdout: up']);
    expect(lines).toContain('stderr: warned');
    expect(await mine()).toEqual([]);
    await stop();
  });

  test('has its files, its environment, and the authority in its trust store', async () => {
    const { instance } = start({
      files: ({ port, ca }) => ({ '/etc/own/own.cfg': `port ${port}, ca ${ca.file}` }),
      env: ({ clientId }) => ({ CLIENT: clientId }),
    });
    const running = await instance;
    expect(await ask(running, '/file/etc/own/own.cfg')).toBe('port 8080, ca /etc/failwell/ca.pem');
    expect(await ask(running, '/file/etc/failwell/ca.pem')).toBe('the certificate');
    expect(await ask(running, '/file/etc/ssl/certs/ca-certificates.crt')).toBe('the certificate');
    expect(await ask(running, '/env')).toMatch(/^CLIENT=gateway$/m);
    await running.stop();
  });

  test('reaches a party by its name, and the party listens on one address', async () => {
    const driver = perl();
    const reach = await driver.reach!(AbortSignal.timeout(10_000));
    const server = createServer((socket) => socket.end('here'));
    await new Promise<void>((resolve) => server.listen(0, reach.listen, resolve));
    const { port } = server.address() as { port: number };
    const name = reach.hostOf('idp');
    expect(name).toBe('idp.failwell.test');
    const running = await driver.start(wiring, listening().io);
    expect(await ask(running, `/reach/${name}:${port}`)).toBe('here');
    await running.stop();
    await reach.close!();
    server.close();
  });

  test('whose clock can be moved while it runs, back and forth', async () => {
    const { instance } = start({ clock: 'faketime' });
    const running = await instance;
    const off = async () => Number(await ask(running, '/time')) - Date.now() / 1000;
    expect(Math.abs(await off())).toBeLessThan(5);
    await running.moveClock!(600_000);
    expect(Math.abs((await off()) - 600)).toBeLessThan(5);
    await running.moveClock!(-3_600_000);
    expect(Math.abs((await off()) + 3600)).toBeLessThan(5);
    await running.moveClock!(0);
    expect(Math.abs(await off())).toBeLessThan(5);
    await running.stop();
    const { instance: other } = start();
    expect((await other).moveClock).toBeUndefined();
    await (await other).stop();
  });

  test('can be frozen, and answers again afterwards', async () => {
    const running = await start().instance;
    await running.pause!();
    await expect(fetch(running.url, { signal: AbortSignal.timeout(500) })).rejects.toThrow();
    await running.unpause!();
    expect(await ask(running, '/')).toBe('hi');
    await running.pause!();
    // A frozen one can be stopped all the same.
    await running.stop();
    expect(await running.exited).toMatch(/^(?:killed by SIGKILL|removed)$/);
  });

  test('can be taken off its network and put back', async () => {
    const running = await start().instance;
    await running.disconnect!();
    await expect(fetch(running.url, { signal: AbortSignal.timeout(1_000) })).rejects.toThrow();
    await running.reconnect!();
    await vi.waitFor(async () => expect(await ask(running, '/')).toBe('hi'), { timeout: 5_000 });
    await running.stop();
  });

  test('can be killed and started again, as it was', async () => {
    const { instance, lines } = start({ env: () => ({ MARK: 'kept' }) });
    const first = await instance;
    await first.kill!();
    expect(await first.exited).toBe('killed by SIGKILL');
    const second = await first.restart!();
    expect(second.url).toBe(first.url);
    expect(await ask(second, '/env')).toContain('MARK=kept');
    expect(lines.filter((line) => line === 'stdout: up')).toHaveLength(2);
    // One that runs is ended first.
    const third = await second.restart!();
    expect(await second.exited).toBe('killed by SIGKILL');
    await third.stop();
  });

  test('that is started again is waited for by what it prints then, not by what it printed before', async () => {
    const first = await start({ ready: { log: /^up$/ } }).instance;
    await first.kill!();
    const second = await first.restart!();
    expect(await ask(second, '/')).toBe('hi');
    await second.stop();
  });

  test('that dies half way says how, after its last line was read', async () => {
    const { instance, lines } = start();
    const running = await instance;
    await expect(ask(running, '/die')).rejects.toThrow();
    expect(await running.exited).toBe('exited with code 7');
    expect(lines.at(-1)).toBe('stderr: dying');
    await running.stop();
  });

  test('is ready by a line, or when it listens', async () => {
    for (const ready of [{ log: /^up$/ }, { tcp: true }] as const) {
      const running = await start({ ready }).instance;
      expect(await ask(running, '/')).toBe('hi');
      await running.stop();
    }
  });

  test('is followed in its log files, too', async () => {
    const { instance, lines } = start({ logs: ['/var/log/own.log'] });
    const running = await instance;
    await ask(running, '/log/written');
    await vi.waitFor(() => expect(lines).toContain('/var/log/own.log: written'), { timeout: 5_000 });
    await running.stop();
  });

  test('that never becomes ready is removed, and the error says what it printed', async () => {
    const { instance } = start({ ready: { log: /^never$/ } }, AbortSignal.timeout(6_000));
    expect(await refusal(instance)).toMatch(
      /^The container of failwell\/perl:\S+ did not print \/\^never\$\/ within \d+ ms; it printed: 'warned'|'up'/,
    );
    expect(await mine()).toEqual([]);
  });

  test('that ends before it is ready is not waited for', async () => {
    const began = performance.now();
    const { instance } = start({ env: () => ({ PORT: 'none' }) });
    expect(await refusal(instance)).toMatch(
      /^The container of \S+ exited with code \d+ before it could answer \/; it printed: '.*cannot listen/,
    );
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(await mine()).toEqual([]);
  });

  test('whose command is not there says so', async () => {
    expect(await refusal(start({ command: ['no-such-command'] }).instance)).toMatch(
      /^The container of \S+ could not be started: .*no-such-command/,
    );
    expect(await mine()).toEqual([]);
  });

  test('whose port is taken says so', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    expect(await refusal(perl().start({ ...wiring, port }, listening().io))).toBe(
      `The port 127.0.0.1:${port} on which the target was to be reached is in use: free it, or let Failwell choose one with port 0.`,
    );
    server.close();
  });
});
