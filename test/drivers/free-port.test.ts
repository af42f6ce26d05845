import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../harness/drivers/free-port.ts';

const host = '127.0.0.1';

test('as many ports as are asked for at once are all different, and none that the system hands out', async () => {
  const ports = await Promise.all(Array.from({ length: 100 }, () => freePort(host)));
  expect(new Set(ports).size).toBe(100);
  expect(ports.every((port) => port > 15_000 && port < 30_000)).toBe(true);
});

test('two processes are given none in common', async () => {
  const module = JSON.stringify(new URL('../../harness/drivers/free-port.ts', import.meta.url).href);
  const script = `const { freePort } = await import(${module});
    for (let n = 0; n < 50; n += 1) console.log(await freePort('127.0.0.1'));
    process.stdin.resume();`;
  const start = () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    onTestFinished(() => void child.kill());
    const ports: number[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => ports.push(...text.trim().split('\n').map(Number)));
    return ports;
  };
  const all = [start(), start(), start()];
  await expect.poll(() => all.map(({ length }) => length), { timeout: 20_000 }).toEqual([50, 50, 50]);
  expect(new Set(all.flat()).size).toBe(150);
});

test('one that is taken is passed over; one that is wanted and taken is refused', async () => {
  const next = (await freePort(host)) + 1;
  const server = createServer().listen(next, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  expect(await freePort(host)).not.toBe(next);
  await expect(freePort(host, next)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
