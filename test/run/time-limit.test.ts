import { expect, test } from 'vitest';
import { timeLimit } from '../../harness/time-limit.ts';

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));

test('aborts when the time is over, and says that it ran out', async () => {
  using limit = timeLimit(1, new AbortController().signal);
  await aborted(limit.signal);
  expect(limit.ranOut).toBe(true);
});

test('aborts with the surrounding work, for its reason, without having run out', () => {
  const outer = new AbortController();
  using limit = timeLimit(60_000, outer.signal);
  outer.abort('stopped');
  expect(limit.signal.reason).toBe('stopped');
  expect(limit.ranOut).toBe(false);
  using late = timeLimit(60_000, outer.signal);
  expect(late.signal.aborted).toBe(true);
});

test('is over once disposed of', () => {
  const outer = new AbortController();
  const limit = timeLimit(60_000, outer.signal);
  limit[Symbol.dispose]();
  outer.abort();
  expect(limit.signal.aborted).toBe(false);
});
