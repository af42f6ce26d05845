import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type ChildProcessOptions, childProcess } from '../../harness/drivers/process.ts';
import { FailwellError } from '../../harness/model/error.ts';
import type { GatewayWiring } from '../../harness/model/target.ts';

const wiring: GatewayWiring = {
  issuer: 'https://127.0.0.1:1',
  jwksUri: 'https://127.0.0.1:1/jwks',
  introspectionEndpoint: 'https://127.0.0.1:1/introspect',
  keyPem: '',
  audience: 'api',
  scope: 'read',
  clientId: 'gateway',
  clientSecret: 'secret',
  api: 'https://127.0.0.1:1',
  ca: { pem: '', file: '' },
  tls: { key: '', cert: '' },
  host: '127.0.0.1',
  port: 0,
  clock: { now: () => 0 },
};

const listening = "require('node:http').createServer((q, r) => r.end('hi')).listen(process.env.PORT, '127.0.0.1');";

/** Starts `node -e script` and keeps what it prints. */
function start(script: string, options: Partial<ChildProcessOptions> = {}, signal = AbortSignal.timeout(10_000)) {
  const lines: string[] = [];
  const driver = childProcess({
    command: process.execPath,
    args: ['-e', script],
    env: ({ port }) => ({ PORT: String(port) }),
    ...options,
  });
  const log = (stream: string, line: string) => lines.push(`${stream}: ${line}`);
  return { lines, instance: driver.start(wiring, { log, signal }) };
}

async function refusal(instance: Promise<unknown>): Promise<string> {
  const error = await instance.then(
    () => expect.unreachable('it started'),
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(FailwellError);
  expect(error.code).toBe('target-not-ready');
  return error.message;
}

/** Whether it runs. One that was killed may wait a moment for its parent to notice. */
const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc/self') || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

test('a child that listens is ready, serves, and is gone after stop', async () => {
  const { instance, lines } = start(`${listening} console.log('up'); console.error('warn');`);
  const { url, exited, stop } = await instance;
  expect(await (await fetch(url)).text()).toBe('hi');
  await stop();
  expect(await exited).toBe('killed by SIGTERM');
  expect(lines.toSorted()).toEqual(['stderr: warn', 'stdout: up']);
  await expect(fetch(url)).rejects.toThrow();
  await stop();
});

test('the environment is what the target asked for and nothing of the harness', async () => {
  vi.stubEnv('FAILWELL_SECRET', 'of the harness');
  const { instance, lines } = start(`console.log(Object.keys(process.env).sort().join()); ${listening}`);
  await (await instance).stop();
  vi.unstubAllEnvs();
  const [names] = lines;
  expect(names).toMatch(/PORT/);
  expect(names!.replace('stdout: ', '').split(',')).toSatisfy((keys: string[]) =>
    keys.every((key) => ['HOME', 'PATH', 'PORT', 'TMPDIR'].includes(key)),
  );
});

test('with a path, it is ready when it answers there with any status', async () => {
  const script = `
    const http = require('node:http');
    http.createServer((q, r) => { console.log(q.url); r.writeHead(503).end(); }).listen(process.env.PORT, '127.0.0.1');`;
  const { instance, lines } = start(script, { ready: { path: '/healthz' } });
  await (await instance).stop();
  expect(lines).toContain('stdout: /healthz');
});

test('one that never listens is killed when the start is aborted, and the error says what it printed', async () => {
  const script = "console.log('pid', process.pid); console.log('waiting for a database'); setInterval(() => {}, 1e6)";
  const abort = new AbortController();
  const { instance, lines } = start(script, {}, abort.signal);
  await vi.waitFor(() => expect(lines).toHaveLength(2));
  abort.abort();
  expect(await refusal(instance)).toMatch(
    /^The target 'node -e .*' did not listen on 127\.0\.0\.1:\d+ within \d+ ms; it printed last: 'waiting for a database'\. Start it by hand/,
  );
  expect(alive(Number(lines[0]!.split(' ').at(-1)))).toBe(false);
});

test('one that accepts connections but never answers its path is not ready', async () => {
  const abort = new AbortController();
  const script = `
    require('node:net').createServer(() => { console.log('asked'); }).listen(process.env.PORT, '127.0.0.1');`;
  const { instance, lines } = start(script, { ready: { path: '/' } }, abort.signal);
  await vi.waitFor(() => expect(lines).toContain('stdout: asked'));
  abort.abort();
  expect(await refusal(instance)).toMatch(/did not answer \/ on 127\.0\.0\.1:\d+ within/);
});

test('an aborted start starts nothing', async () => {
  const { instance, lines } = start(listening, {}, AbortSignal.abort());
  expect(await refusal(instance)).toMatch(/was aborted before it was started/);
  expect(lines).toEqual([]);
});

test('one that dies before it listens says how, and the line that tells why', async () => {
  const { instance } = start("throw new TypeError('no ISSUER given')");
  expect(await refusal(instance)).toMatch(
    /exited with code 1 before it listened on .*; it printed last: 'TypeError: no ISSUER given'/,
  );
});

test('one that is killed before it listens', async () => {
  const { instance } = start("process.kill(process.pid, 'SIGSEGV')");
  expect(await refusal(instance)).toMatch(/was killed by SIGSEGV before it listened on .*; it printed nothing\./);
});

test('one that dies half way resolves `exited`, after its last line was read', async () => {
  const script = `
    require('node:http').createServer(() => { process.stdout.write('dying'); process.exit(7); }).listen(process.env.PORT, '127.0.0.1');`;
  const { instance, lines } = start(script);
  const { url, exited, stop } = await instance;
  await expect(fetch(url)).rejects.toThrow();
  expect(await exited).toBe('exited with code 7');
  expect(lines).toEqual(['stdout: dying']);
  await stop();
});

test('when somebody took its port, another one is tried', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'failwell-port-'));
  const script = `
    const { existsSync, writeFileSync } = require('node:fs');
    if (existsSync('second')) { ${listening} }
    else {
      writeFileSync('second', '');
      console.error('Error: listen EADDRINUSE: address already in use 127.0.0.1:' + process.env.PORT);
      process.exitCode = 1;
    }`;
  const { instance, lines } = start(script, { cwd: folder });
  const { url, stop } = await instance;
  expect(lines).toHaveLength(1);
  expect(await (await fetch(url)).text()).toBe('hi');
  await stop();
  await rm(folder, { recursive: true });
});

test('when its port is always taken, it gives up after four attempts', async () => {
  const { instance, lines } = start("console.error('listen EADDRINUSE'); process.exitCode = 1;");
  expect(await refusal(instance)).toMatch(/Another process took its port: run it again\.$/);
  expect(lines).toHaveLength(4);
});

test('a port that was asked for and is in use is named', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const driver = childProcess({ command: process.execPath, args: ['-e', listening], env: () => ({}) });
  const io = { log: () => {}, signal: AbortSignal.timeout(10_000) };
  expect(await refusal(driver.start({ ...wiring, port }, io))).toBe(
    `The target's port 127.0.0.1:${port} is in use: free it, or let Failwell choose one with port 0.`,
  );
  server.close();
});

test('a command or folder that does not exist is named', async () => {
  expect(await refusal(start('', { command: 'no-such-gateway' }).instance)).toBe(
    "The target's command 'no-such-gateway' was not found: install it, or correct 'command' in the target's file.",
  );
  expect(await refusal(start('', { cwd: '/no/such/folder' }).instance)).toMatch(/'\/no\/such\/folder' does not exist/);
  expect(await refusal(start('', { command: tmpdir() }).instance)).toMatch(/cannot be run \(EACCES\)/);
});

test('one that ignores SIGTERM is killed', async () => {
  const { instance } = start(`process.on('SIGTERM', () => console.log('not yet')); ${listening}`);
  const { exited, stop } = await instance;
  await stop();
  expect(await exited).toBe('killed by SIGKILL');
});

test('one that stops by itself on its own signal is left to finish', async () => {
  const script = `process.on('SIGINT', () => { console.log('bye'); process.exit(0); }); ${listening}`;
  const { instance, lines } = start(script, { stopSignal: 'SIGINT' });
  const { exited, stop } = await instance;
  await stop();
  expect(await exited).toBe('exited with code 0');
  expect(lines).toEqual(['stdout: bye']);
});

const withGrandchild = `
  const child = require('node:child_process').spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); console.log('grandchild', process.pid); setInterval(() => {}, 1e6)"], { stdio: 'inherit' });
  ${listening}`;

test('its children are killed with it, also when it ends by itself', async () => {
  const { instance, lines } = start(`${withGrandchild} process.on('SIGTERM', () => process.exit(0));`);
  const { exited, stop } = await instance;
  await vi.waitFor(() => expect(lines).toHaveLength(1), { timeout: 5_000 });
  const grandchild = Number(lines[0]!.split(' ').at(-1));
  await stop();
  expect(await exited).toBe('exited with code 0');
  // Its pipes close a moment before the kernel calls it dead.
  await vi.waitFor(() => expect(alive(grandchild)).toBe(false));
});

test('nothing outlives a harness that exits', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'failwell-exit-'));
  const harness = `
    import { childProcess } from ${JSON.stringify(new URL('../../harness/drivers/process.ts', import.meta.url).href)};
    const driver = childProcess({
      command: process.execPath,
      args: ['-e', ${JSON.stringify(`console.log(process.pid); ${listening}`)}],
      env: ({ port }) => ({ PORT: String(port) }),
    });
    const wiring = { host: '127.0.0.1', port: 0 };
    let pid;
    await driver.start(wiring, { log: (_, line) => { pid ??= line; }, signal: AbortSignal.timeout(10_000) });
    while (pid === undefined) await new Promise(setImmediate);
    console.log(pid);
    process.exit(3);`;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', harness], { cwd: folder });
  const { stdout, code } = await run.then(
    () => expect.unreachable('it exits with 3'),
    (error) => error,
  );
  expect(code).toBe(3);
  const pid = Number(stdout.trim());
  expect(pid).toBeGreaterThan(0);
  await vi.waitFor(() => expect(alive(pid)).toBe(false));
  await rm(folder, { recursive: true });
});

test('a target can be frozen, and answers again afterwards; a frozen one can be stopped', async () => {
  const { url, pause, unpause, stop, exited } = await start(listening).instance;
  await pause!();
  await expect(fetch(url, { signal: AbortSignal.timeout(300) })).rejects.toThrow();
  await unpause!();
  expect(await (await fetch(url)).text()).toBe('hi');
  await pause!();
  await stop();
  expect(await exited).toBe('killed by SIGTERM');
});

test('a target can be killed and started again, as it was and where it was', async () => {
  const { instance, lines } = start(`${listening} console.log('up');`);
  const first = await instance;
  await first.kill!();
  expect(await first.exited).toBe('killed by SIGKILL');
  await expect(fetch(first.url)).rejects.toThrow();
  const second = await first.restart!();
  expect(second.url).toBe(first.url);
  expect(await (await fetch(second.url)).text()).toBe('hi');
  expect(lines.filter((line) => line === 'stdout: up')).toHaveLength(2);
  // One that runs is ended first.
  const third = await second.restart!();
  expect(await second.exited).toBe('killed by SIGKILL');
  await third.stop();
});

test('a harness that is killed takes along its targets and what they started, and none that ended before', async () => {
  const driver = JSON.stringify(new URL('../../harness/drivers/process.ts', import.meta.url).href);
  const target = `
    const { pid } = require('node:child_process').spawn('sleep', ['60'], { stdio: 'ignore' });
    console.log('pids ' + process.pid + ' ' + pid);
    ${listening}`;
  const harness = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { childProcess } = await import(${driver});
      const options = { command: process.execPath, args: ['-e', ${JSON.stringify(target)}], env: ({ port }) => ({ PORT: String(port) }) };
      const io = { signal: AbortSignal.timeout(10_000), log: (_, line) => console.log(line) };
      const start = () => childProcess(options).start({ host: '127.0.0.1', port: 0 }, io);
      await (await start()).stop();
      await start();
      console.log('ready');`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void harness.kill('SIGKILL'));
  const pids: number[] = [];
  for await (const line of createInterface({ input: harness.stdout })) {
    if (line === 'ready') break;
    if (line.startsWith('pids ')) pids.push(...line.split(' ').slice(1).map(Number));
  }
  expect(pids.map(alive)).toEqual([false, false, true, true]);
  harness.kill('SIGKILL');
  await once(harness, 'exit');
  await vi.waitFor(() => expect(pids.filter(alive)).toEqual([]), { timeout: 5_000, interval: 20 });
});
