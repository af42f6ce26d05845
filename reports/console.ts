import type { Reporter } from '../harness/model/event.ts';
import { type EvidenceFiles, failureLines, inconclusiveLines } from './console/failures.ts';
import { legendLines, matrices, targetLines } from './console/matrix.ts';
import { measuredLines } from './console/measured.ts';
import { type Paint, painter } from './console/paint.ts';
import { progress } from './console/progress.ts';
import { kindsOf } from './failures.ts';
import { atTheEnd, headline, type RunSoFar, totalsOf } from './run-so-far.ts';
import { count, elapsed, oneLine } from './text.ts';

export interface ConsoleOptions {
  readonly stream: { write(text: string): unknown };
  /** ANSI colours. */
  readonly colour: boolean;
  /** The stream is a terminal: one line of progress that redraws itself. */
  readonly live: boolean;
  /** Show warnings and notes like failures. */
  readonly verbose?: boolean;
  /** Columns; 100 when absent. */
  readonly width?: number;
  /** Where the other reporters put their files, to point at. */
  readonly files?: EvidenceFiles;
  /** Milliseconds on a steady clock, for the elapsed time. */
  readonly now?: () => number;
  /** Something to know beforehand. */
  readonly note?: string;
}

/**
 * Prints how far the run is, then what it found: the targets, a matrix for each role, each failure in four lines, and
 * what to do next. Without `live` no control character is written; without `colour` no ANSI style.
 */
export function consoleReporter(options: ConsoleOptions): Reporter {
  const { stream, colour, live, width = 100, now = () => performance.now() } = options;
  const write = (text: string) => stream.write(text);
  const steps = progress({ write, live, width, now });
  const paint = painter(colour);
  const reporter = atTheEnd(
    (run) => {
      steps.stop();
      write(`${summary(run, options, width, paint).join('\n')}\n`);
    },
    (event) => {
      if (event.type === 'run-started') {
        const what = `${count(event.targets.length, 'target')}, ${count(event.scenarios.length, 'scenario')}`;
        write(`${paint('bold', `Failwell ${event.failwell}`)}  ${what}, seed ${event.seed}\n`);
        if (options.note !== undefined) write(`  ${options.note}\n`);
      }
      steps.on(event);
    },
  );
  return {
    on: reporter.on,
    async [Symbol.asyncDispose]() {
      await reporter[Symbol.asyncDispose]();
      steps.stop();
    },
  };
}

function summary(run: RunSoFar, options: ConsoleOptions, width: number, paint: Paint): string[] {
  const { files = {}, verbose = false } = options;
  const totals = totalsOf(run);
  const judged = run.finished.some(({ verdict }) => verdict.value !== 'not-applicable');
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', paint('bold', title), ...lines];
  const kinds = (value: 'fail' | 'warn' | 'note') => failureLines(run, value, files, { width, all: verbose, paint });
  return [
    ...(judged
      ? [
          ...section('Targets', targetLines(run, width, paint)),
          ...matrices(run, width, paint).flatMap(({ title, lines }) => section(`${title} · causes × targets`, lines)),
          '',
          ...legendLines(paint),
          ...section('Measured', measuredLines(run, width)),
        ]
      : []),
    ...section('Failures', kinds('fail')),
    ...(verbose ? section('Warnings', kinds('warn')) : []),
    ...(verbose ? section('Notes', kinds('note')) : []),
    ...section('Inconclusive', inconclusiveLines(run, width, paint)),
    ...section(
      'Harness errors',
      run.troubles.map((t) =>
        oneLine(
          `  ${t.code}: ${t.message}${t.target === undefined ? '' : ` (${[t.target, t.scenario].filter(Boolean).join(' ')})`}`,
          400,
        ),
      ),
    ),
    '',
    paint('bold', headline(run)),
    ...ending(run, files, verbose, totals, paint),
  ];
}

function ending(
  run: RunSoFar,
  files: EvidenceFiles,
  verbose: boolean,
  totals: ReturnType<typeof totalsOf>,
  paint: Paint,
): string[] {
  const row = (name: string, text: string) => `  ${paint('dim', name.padEnd(10))}${oneLine(text)}`;
  const { started, ended } = run;
  const [worst] = [...kindsOf(run, 'fail').values(), ...kindsOf(run, 'warn').values()].flat();
  const lines = [];
  const skipped = totals['not-applicable'];
  const more = totals.warn + totals.note;
  if (more > 0 && !verbose)
    lines.push(row('also', `${count(totals.warn, 'warning')} and ${count(totals.note, 'note')}: --verbose shows them`));
  if (skipped > 0)
    lines.push(
      row(
        'skipped',
        `${skipped} not applicable: the target does not claim what they need, cannot be started here, or nothing can do their steps yet`,
      ),
    );
  if (ended === undefined || ended.interrupted)
    lines.push(
      row(
        'stopped',
        `${run.finished.length - skipped} of ${(started?.planned ?? 0) - skipped} verdicts before the run was cut off`,
      ),
    );
  if (ended !== undefined) lines.push(row('took', elapsed(ended.milliseconds)));
  if (files.html !== undefined) lines.push(row('report', files.html));
  if (files.record !== undefined) lines.push(row('record', files.record));
  if (files.har !== undefined) lines.push(row('har', files.har));
  if (worst !== undefined) lines.push(row('next', `npx failwell explain ${worst.first.scenario}`));
  if (started !== undefined) lines.push(row('again', `${started.replay}   (seed ${started.seed})`));
  return lines;
}
