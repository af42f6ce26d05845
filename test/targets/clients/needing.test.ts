import { expect, test } from 'vitest';
import { FailwellError } from '../../../harness/model/error.ts';
import type { ClientWiring, Driver } from '../../../harness/model/target.ts';
import { needing } from '../../../targets/needing.ts';

const started = new Error('it was started');
const driver: Driver<ClientWiring> = { kind: 'shim', start: () => Promise.reject(started) };
const start = ({ start }: Driver<ClientWiring>) =>
  start({} as ClientWiring, { log() {}, signal: new AbortController().signal });

test('a target whose needs are met starts', async () => {
  const able = needing(driver, ['sh', '-c', 'exit 0'], 'Nothing is missing');
  expect(await able.lacks?.()).toBeUndefined();
  await expect(start(able)).rejects.toBe(started);
});

test.each([
  ['fails', ['sh', '-c', 'exit 1']],
  ['is not there', ['no-such-command']],
] as const)('one whose command %s says what to do and does not start', async (_, command) => {
  const unable = needing(driver, command, 'No Python is here: install it');
  expect(await unable.lacks?.()).toBe('No Python is here: install it');
  const error = await start(unable).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FailwellError);
  expect(error).toMatchObject({ code: 'target-not-ready', message: 'No Python is here: install it.' });
});
