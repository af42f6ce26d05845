import { FailwellError } from '../model/error.ts';
import type { RunEvent, Totals } from '../model/event.ts';
import { noVerdicts } from '../model/verdict.ts';
import { exitCode } from './exit.ts';

type Of<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;
/** Reads a record from its beginning, each time that it is called. */
type Record = () => AsyncIterable<RunEvent>;

/** What there is to know of a record before its events are passed on. */
interface Outline {
  readonly started: Of<'run-started'>;
  readonly verdicts: ReadonlyMap<string, Of<'scenario-finished'>>;
  readonly errors: readonly Of<'harness-error'>[];
  readonly ended: Of<'run-finished'> | undefined;
}

/**
 * The events of several records, in order, as those of one run: the shards of a run, or a run and what of it was run
 * again. Where several judged the same scenario on the same target, the last counts. Without a record's end (its run was
 * killed) the whole has none. Throws a `FailwellError` (`usage`) when different versions of Failwell wrote them.
 */
export async function* mergeRuns(records: readonly Record[]): AsyncGenerator<RunEvent, void, undefined> {
  const outlines = await Promise.all(records.map((record) => outlineOf(record())));
  const versions = [...new Set(outlines.map(({ started }) => started.failwell))];
  if (versions.length > 1) {
    const mixed = `These records were written by Failwell ${versions.join(' and ')}`;
    throw new FailwellError('usage', `${mixed}: their scenarios may differ, so run all of it with one version.`);
  }
  const last = new Map(outlines.flatMap(({ verdicts }, at) => [...verdicts.keys()].map((pair) => [pair, at] as const)));
  const [first] = outlines;
  if (first === undefined) return;
  yield {
    ...first.started,
    replay: outlines.map(({ started }) => started.replay).join(' && '),
    scenarios: byId(outlines.flatMap(({ started }) => started.scenarios)),
    targets: byId(outlines.flatMap(({ started }) => started.targets)),
    planned: last.size,
  };
  for (const [at, record] of records.entries()) {
    for await (const event of record()) {
      if (event.type === 'run-started' || event.type === 'run-finished') continue;
      const winner = last.get(pairOf(event));
      if (winner === undefined ? event.type === 'harness-error' : winner === at) yield event;
    }
  }
  const ended = outlines.flatMap((outline) => outline.ended ?? []);
  if (ended.length < outlines.length) return;
  const totals = totalsOf(outlines, last);
  const interrupted = outlines.some((outline) => outline.ended?.interrupted === true && !isWhole(outline, last));
  const errors = outlines.flatMap((outline) => outline.errors).filter((error) => !last.has(pairOf(error))).length;
  yield {
    type: 'run-finished',
    milliseconds: ended.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    totals,
    interrupted,
    exit: exitCode({ totals, errors, interrupted, allowInconclusive: false, exitZero: false }),
  };
}

async function outlineOf(events: AsyncIterable<RunEvent>): Promise<Outline> {
  let started: Outline['started'] | undefined;
  let ended: Outline['ended'];
  const verdicts = new Map<string, Of<'scenario-finished'>>();
  const errors: Of<'harness-error'>[] = [];
  for await (const event of events) {
    if (event.type === 'run-started') started = event;
    else if (event.type === 'run-finished') ended = event;
    else if (event.type === 'harness-error') errors.push(event);
    else if (event.type === 'scenario-finished') verdicts.set(pairOf(event), event);
  }
  if (started === undefined) throw new FailwellError('usage', 'A record holds no run: give the run.ndjson of a run.');
  return { started, verdicts, errors, ended };
}

/** Whether all of what a run had planned was judged, by whichever run. */
function isWhole({ started }: Outline, judged: ReadonlyMap<string, unknown>): boolean {
  const of = started.targets.flatMap((target) =>
    started.scenarios.map((scenario) => pairOf({ scenario: scenario.id, target: target.id })),
  );
  return of.filter((pair) => judged.has(pair)).length >= started.planned;
}

function pairOf({ scenario, target }: { readonly scenario?: string; readonly target?: string }): string {
  return JSON.stringify([scenario, target]);
}

function totalsOf(outlines: readonly Outline[], last: ReadonlyMap<string, number>): Totals {
  const totals = noVerdicts();
  for (const [pair, at] of last) {
    const value = outlines[at]?.verdicts.get(pair)?.verdict.value;
    if (value !== undefined) totals[value] += 1;
  }
  return totals;
}

/** In the order in which they came first; of two with one id the later one, which may know more (an image). */
function byId<T extends { readonly id: string }>(all: readonly T[]): readonly T[] {
  return [...new Map(all.map((one) => [one.id, one])).values()];
}
