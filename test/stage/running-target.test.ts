import { expect, test } from 'vitest';
import type { Occurrence } from '../../harness/model/history.ts';
import type { DriverIo, GatewayWiring, Instance, Target } from '../../harness/model/target.ts';
import { runningTarget } from '../../harness/stage/running-target.ts';
import reference from '../../targets/reference/gateway/target.ts';

const wiring = {} as GatewayWiring;
const never = new AbortController().signal;

function targetOf(start: (io: DriverIo) => Promise<Instance>, hosts = ['127.0.0.1']) {
  const target: Target = { ...reference, id: 'mine/gateway', driver: { kind: 'test', start: (_, io) => start(io) } };
  const recorded: Occurrence[] = [];
  return { recorded, running: runningTarget(target, hosts, (occurrence) => recorded.push(occurrence)) };
}

test('a target that starts, logs and exits', async () => {
  const exited = Promise.withResolvers<string>();
  const { running, recorded } = targetOf(async (io) => {
    io.log('stdout', 'up');
    return { url: 'http://127.0.0.1:1', exited: exited.promise, stop: async () => exited.resolve('stopped') };
  });
  expect([running.alive, running.downBecause]).toEqual([false, 'the target has not started']);
  await running.start(wiring, never);
  expect([running.alive, running.url]).toEqual([true, 'http://127.0.0.1:1']);
  await running[Symbol.asyncDispose]();
  await exited.promise;
  expect([running.alive, running.downBecause]).toEqual([false, 'stopped']);
  expect(recorded.map((one) => (one.kind === 'target' ? one.event : one.kind))).toEqual([
    'started',
    'log',
    'ready',
    'exited',
  ]);
});

test('a driver that throws says so with its target', async () => {
  const { running, recorded } = targetOf(async () => {
    throw new RangeError('port 99999 is out of range');
  });
  await expect(running.start(wiring, never)).rejects.toMatchObject({
    code: 'target-not-ready',
    message: 'mine/gateway did not start: port 99999 is out of range; mend it, or its driver.',
  });
  expect(running.alive).toBe(false);
  expect(recorded.at(-1)).toMatchObject({ event: 'not-ready' });
});

test('a driver that heeds its signal has the last word', async () => {
  const controller = new AbortController();
  const { running } = targetOf(async ({ signal }) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    throw new Error('it waited for its database');
  });
  const starting = running.start(wiring, controller.signal);
  controller.abort();
  await expect(starting).rejects.toThrow('mine/gateway did not start: it waited for its database');
});

test('one that does not is given up, and stopped if it starts after all', async () => {
  const controller = new AbortController();
  const slow = Promise.withResolvers<Instance>();
  const { running } = targetOf(() => slow.promise);
  const starting = running.start(wiring, controller.signal);
  controller.abort();
  await expect(starting).rejects.toMatchObject({
    code: 'target-not-ready',
    message: expect.stringMatching(/^mine\/gateway did not become ready within 20 s: make its driver's start resolve/),
  });
  const stopped = Promise.withResolvers<boolean>();
  slow.resolve({ url: 'http://127.0.0.1:1', exited: new Promise(() => {}), stop: async () => stopped.resolve(true) });
  expect(await stopped.promise).toBe(true);
  expect(running.alive).toBe(false);
});

test('a target serves on the hosts that are named, and on no other', async () => {
  const elsewhere = async () => ({
    url: 'http://192.0.2.1:80',
    exited: new Promise<string>(() => {}),
    stop: async () => {},
  });
  const { running } = targetOf(elsewhere);
  await expect(running.start(wiring, never)).rejects.toMatchObject({
    code: 'config',
    message: expect.stringMatching(/^mine\/gateway serves on 192\.0\.2\.1, which is not this machine: /),
  });
  const { running: named } = targetOf(elsewhere, ['192.0.2.1']);
  await named.start(wiring, never);
  expect(named.alive).toBe(true);
});
