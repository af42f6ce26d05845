import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLexicon } from '../../harness/judge/lexicon/lexicon.ts';
import type { OpenStage } from '../../harness/model/stage.ts';
import { openSession } from '../../harness/run/session.ts';
import { scenarios } from '../../scenarios/index.ts';
import idp from '../../targets/reference/idp/target.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const isolated = (isolation: 'shared' | 'fresh') => scenarios.find((one) => one.isolation === isolation && !one.cold)!;

/** Seconds after which a stage that never stands is given up. */
async function givenUpAfter(isolation: 'shared' | 'fresh', startsWithin?: number): Promise<number> {
  const target = { ...idp, driver: { ...idp.driver, ...(startsWithin !== undefined && { startsWithin }) } };
  const openStage: OpenStage = ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('given up'))));
  const lexicon = createLexicon([]);
  await using session = openSession({ target, name: 'slow', openStage, lexicon, twins: new Map() });
  const began = Date.now();
  const running = session
    .run(isolated(isolation), () => undefined, new AbortController().signal)
    .catch(() => Date.now());
  await vi.runAllTimersAsync();
  return ((await running) as number) / 1000 - began / 1000;
}

test('a target that may take long to start has that time besides the scenario’s, and for its twin', async () => {
  expect(await givenUpAfter('shared')).toBeCloseTo(120);
  expect(await givenUpAfter('shared', 170_000)).toBeCloseTo(290);
  expect(await givenUpAfter('fresh', 170_000)).toBeCloseTo(460);
});
