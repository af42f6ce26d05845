import { expect, test } from 'vitest';
import type { RunEvent } from '../../harness/model/event.ts';
import { mergeRuns } from '../../harness/run/merge.ts';
import { aRun } from '../reports/a-run.ts';

type Finished = Extract<RunEvent, { type: 'scenario-finished' }>;

async function merged(...runs: readonly (readonly RunEvent[])[]): Promise<RunEvent[]> {
  const records = runs.map(
    (events) =>
      async function* () {
        yield* events;
      },
  );
  const events: RunEvent[] = [];
  for await (const event of mergeRuns(records)) events.push(event);
  return events;
}

const run = [...aRun()];
const verdicts = (events: readonly RunEvent[]) =>
  events.filter((event): event is Finished => event.type === 'scenario-finished');
const pairOf = (event: RunEvent) => ('scenario' in event ? `${event.scenario} @ ${event.target}` : undefined);
/** The part of a run that is about some of its pairs. */
const part = (wanted: (pair: string) => boolean) =>
  run.filter((event) => {
    const pair = pairOf(event);
    return pair === undefined || wanted(pair);
  });
const ended = (events: readonly RunEvent[]) => events.find((event) => event.type === 'run-finished');
const even = new Set(verdicts(run).flatMap((event, at) => (at % 2 === 0 ? [pairOf(event)] : [])));

test('two shards are the whole', async () => {
  const events = await merged(
    part((pair) => even.has(pair)),
    part((pair) => !even.has(pair)),
  );
  expect(new Set(verdicts(events))).toEqual(new Set(verdicts(run)));
  expect(events.filter(({ type }) => type === 'entry')).toHaveLength(run.filter(({ type }) => type === 'entry').length);
  const counted = verdicts(run).length;
  expect(events[0]).toMatchObject({ type: 'run-started', planned: counted });
  expect(Object.values(ended(events)?.totals ?? {}).reduce((sum, n) => sum + n, 0)).toBe(counted);
});

test('of what was run again, the later verdict counts, with its history', async () => {
  const again = part((pair) => even.has(pair)).map((event) =>
    event.type === 'scenario-finished' ? { ...event, verdict: { ...event.verdict, value: 'waived' as const } } : event,
  );
  const events = await merged(run, again);
  expect(verdicts(events)).toHaveLength(verdicts(run).length);
  const waived = verdicts(events).filter(({ verdict }) => verdict.value === 'waived');
  expect(waived.map(pairOf)).toEqual(expect.arrayContaining([...even]));
  expect(ended(events)?.totals.waived).toBe(waived.length);
  const started = events.filter(({ type }) => type === 'scenario-started').map(pairOf);
  expect(new Set(started).size).toBe(started.length);
});

test('a run that was cut off is whole once the rest of it was run', async () => {
  const cutOff = (events: readonly RunEvent[]) =>
    events.map((event) => (event.type === 'run-finished' ? { ...event, interrupted: true } : event));
  const planned = verdicts(run).length;
  const plan = (events: readonly RunEvent[]) =>
    events.map((event) => (event.type === 'run-started' ? { ...event, planned } : event));
  const half = cutOff(plan(part((pair) => even.has(pair))));
  expect(ended(await merged(half))?.interrupted).toBe(true);
  expect(
    ended(
      await merged(
        half,
        part((pair) => !even.has(pair)),
      ),
    )?.interrupted,
  ).toBe(false);
});

test('trouble is over when what it was about was judged after all', async () => {
  const [first] = verdicts(run);
  if (first === undefined) throw new Error('The run holds no verdict.');
  const { scenario, target } = first;
  const trouble: RunEvent = { type: 'harness-error', code: 'engine', message: 'The engine ended.', scenario, target };
  const general: RunEvent = { type: 'harness-error', code: 'engine', message: 'No engine.' };
  const one = [...part((pair) => pair !== pairOf(first)).filter(({ type }) => type !== 'harness-error'), trouble];
  const own = run.filter(({ type }) => type !== 'harness-error');
  const troubles = (events: readonly RunEvent[]) => events.filter(({ type }) => type === 'harness-error');
  expect(troubles(await merged(one))).toEqual([trouble]);
  expect(troubles(await merged(one, own))).toEqual([]);
  const events = await merged([...own, general], own);
  expect(troubles(events)).toEqual([general]);
  expect(ended(events)?.exit).toBe(3);
});

test('a part that was killed leaves the whole without an end', async () => {
  const killed = run.filter(({ type }) => type !== 'run-finished');
  expect(ended(await merged(run, killed))).toBeUndefined();
});

test('versions are not mixed', async () => {
  const other = run.map((event) => (event.type === 'run-started' ? { ...event, failwell: '9.9.9' } : event));
  await expect(merged(run, other)).rejects.toThrow(
    /were written by Failwell .* and 9\.9\.9: .* run all of it with one/,
  );
});
