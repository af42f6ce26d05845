import type { Reporter, RunEvent, ScenarioCard, Totals } from '../harness/model/event.ts';
import { noVerdicts, type Verdict } from '../harness/model/verdict.ts';
import { collectMeasures, type Measured } from './measured.ts';
import { count } from './text.ts';

type RunStarted = Extract<RunEvent, { type: 'run-started' }>;
export type ScenarioFinished = Extract<RunEvent, { type: 'scenario-finished' }>;
type HarnessTrouble = Extract<RunEvent, { type: 'harness-error' }>;
type RunFinished = Extract<RunEvent, { type: 'run-finished' }>;

/** What a run's events came to so far; of the entries of histories what was measured alone is kept. */
export interface RunSoFar {
  readonly started: RunStarted | undefined;
  readonly finished: readonly ScenarioFinished[];
  readonly troubles: readonly HarnessTrouble[];
  /** Absent while it runs, and when it was killed. */
  readonly ended: RunFinished | undefined;
  readonly cards: ReadonlyMap<string, ScenarioCard>;
  /** The times and numbers that were measured on a target. */
  measuredOn(target: string): readonly Measured[];
}

/** Folds events into a `RunSoFar`, which grows in place. */
export function followRun(): { readonly run: RunSoFar; on(event: RunEvent): void } {
  const finished: ScenarioFinished[] = [];
  const troubles: HarnessTrouble[] = [];
  const cards = new Map<string, ScenarioCard>();
  const measures = collectMeasures();
  const run: { -readonly [K in keyof RunSoFar]: RunSoFar[K] } = {
    started: undefined,
    finished,
    troubles,
    ended: undefined,
    cards,
    measuredOn: measures.of,
  };
  return {
    run,
    on(event) {
      measures.on(event);
      if (event.type === 'run-started') {
        run.started = event;
        for (const card of event.scenarios) cards.set(card.id, card);
      } else if (event.type === 'scenario-finished') finished.push(event);
      else if (event.type === 'harness-error') troubles.push(event);
      else if (event.type === 'run-finished') run.ended = event;
    },
  };
}

/** A reporter that renders once: when the run ends, or at its disposal if it never did. */
export function atTheEnd(render: (run: RunSoFar) => void, meanwhile?: (event: RunEvent) => void): Reporter {
  const { run, on } = followRun();
  let rendered = false;
  const once = () => {
    if (rendered || run.started === undefined) return;
    rendered = true;
    render(run);
  };
  return {
    on(event) {
      on(event);
      meanwhile?.(event);
      if (event.type === 'run-finished') once();
    },
    async [Symbol.asyncDispose]() {
      once();
    },
  };
}

/** The run's own totals, or those of the verdicts that came before it was cut off. */
export function totalsOf(run: RunSoFar): Totals {
  return run.ended?.totals ?? countVerdicts(run.finished);
}

/** How many verdicts there are of each value. */
export function countVerdicts(finished: readonly ScenarioFinished[]): Totals {
  const totals = noVerdicts();
  for (const { verdict } of finished) totals[verdict.value] += 1;
  return totals;
}

/** What happened, for a stranger, in one line. */
export function headline(run: RunSoFar): string {
  const totals = totalsOf(run);
  const targets = run.started?.targets.length ?? 0;
  const targetsOf = (failed: (verdict: Verdict) => boolean) =>
    new Set(run.finished.filter(({ verdict }) => failed(verdict)).map((f) => f.target)).size;
  const failing = targetsOf((verdict) => verdict.value === 'fail');
  const open = targetsOf((verdict) => verdict.properties.safe.value === 'fail');
  const judged = Object.values(totals).reduce((sum, n) => sum + n, 0) - totals['not-applicable'];
  const who =
    judged === 0
      ? 'Nothing was judged'
      : failing === 0
        ? `${targets === 1 ? 'The target' : `Each of ${targets} targets`} failed at nothing`
        : targets === 1
          ? `The target failed ${open > 0 ? 'open' : 'something'}`
          : `${failing} of ${targets} targets failed something${open > 0 ? `, ${open} of them open` : ''}`;
  const parts = [
    count(judged, 'verdict'),
    `${totals.fail} failed`,
    `${totals.warn} warned`,
    `${totals.inconclusive} inconclusive`,
  ];
  if (totals.waived > 0) parts.push(`${totals.waived} waived`);
  if (run.troubles.length > 0) parts.push(count(run.troubles.length, 'harness error'));
  const cutOff = run.ended === undefined || run.ended.interrupted;
  return `${who} · ${parts.join(' · ')}${cutOff ? ' · interrupted' : ''}`;
}
