import type { Reporter } from '../harness/model/event.ts';
import { type FailureKind, kindsOf } from './failures.ts';
import { fileNames, prepareFolder, writeWhole } from './folder.ts';
import { byCause } from './markdown/by-cause.ts';
import { code, link, plain, table } from './markdown/text.ts';
import { glyph, gradesOf, gradeText, type Matrix, matricesOf } from './matrix.ts';
import { inWords, type Measured } from './measured.ts';
import { sectionOf } from './requirement-line.ts';
import { atTheEnd, countVerdicts, headline, type RunSoFar } from './run-so-far.ts';

/**
 * Writes `report.md` when the run ends, also after an interruption: targets, causes × targets for each role, and for
 * each target what it did, said and how long it took. Throws a `FailwellError` (`config`) when the folder cannot be
 * written to.
 */
export function markdownReporter(folder: string): Reporter {
  prepareFolder(folder);
  return atTheEnd((run) => writeWhole(folder, fileNames.markdown, markdownOf(run)));
}

function markdownOf(run: RunSoFar): string {
  const { started } = run;
  const matrices = matricesOf(run);
  const unrun = unrunIn(run, matrices);
  const [failures, warnings] = [kindsOf(run, 'fail'), kindsOf(run, 'warn')];
  return `${[
    '# What fails well, and what does not',
    plain(headline(run)),
    `Failwell ${started?.failwell}, Node ${started?.node}, ${started?.at.slice(0, 10)}, seed ${started?.seed}: \`${started?.replay.replaceAll('`', '')}\``,
    legend,
    ...matrices.flatMap((matrix) => [`## ${matrix.title}`, overview(matrix, run), tableOf(matrix)]),
    ...matrices.flatMap((matrix) =>
      matrix.targets.flatMap(({ id, summary }) => [
        `## ${plain(id)}`,
        plain(summary),
        byCause(id, matrix, run),
        ...timesOf(run.measuredOn(id)),
        ...kindsIn('Failures', failures.get(id) ?? [], run),
        ...kindsIn('Warnings', warnings.get(id) ?? [], run),
      ]),
    ),
    ...(unrun.length === 0
      ? []
      : [
          '## What could not be run',
          table(
            ['target', 'why'],
            unrun.map(({ target, why }) => [plain(target), plain(why, 400)]),
          ),
        ]),
  ].join('\n\n')}\n`;
}

const legend = [
  'Five marks a cell, for safe, signal, diagnosis, discretion and resilience: ✓ pass, ~ note, ! warn, ✗ fail, ? nothing can be',
  'concluded, · not asked. The worst of all scenarios of a cause counts. A MUST that is broken fails, a SHOULD warns, and so does',
  'at most what no document obliges. Diagnosis is graded, the median and in brackets the worst: D0 silent or misleading, D1',
  'generic, D2 the class, D3 the cause, D4 the cause with what was seen and what was expected.',
].join('\n');

/** What the harness could not do, and the targets for which nothing was judged, each with a reason. */
function unrunIn(run: RunSoFar, matrices: readonly Matrix[]): { readonly target: string; readonly why: string }[] {
  const told = new Set(run.troubles.map(({ target }) => target));
  const judged = new Set(matrices.flatMap(({ targets }) => targets.map(({ id }) => id)));
  return [
    ...run.troubles.map(({ target = '–', message }) => ({ target, why: message })),
    ...(run.started?.targets ?? []).flatMap(({ id }) => {
      const first = run.finished.find(({ target }) => target === id);
      return judged.has(id) || told.has(id) || first === undefined ? [] : [{ target: id, why: first.verdict.because }];
    }),
  ];
}

function overview({ targets }: Matrix, run: RunSoFar): string {
  const rows = targets.map(({ id }) => {
    const mine = run.finished.filter(({ target }) => target === id);
    const { pass, note, warn, fail, inconclusive } = countVerdicts(mine);
    const counts = [pass, note, warn, fail, inconclusive].map(String);
    return [plain(id), ...counts, gradeText(gradesOf(mine, 'operator')), gradeText(gradesOf(mine, 'caller'))];
  });
  const head = ['target', 'pass', 'note', 'warn', 'fail', 'open', 'the operator learns', 'the caller learns'];
  return table(head, rows, [1, 2, 3, 4, 5]);
}

function tableOf({ targets, causes, cell }: Matrix): string {
  const marks = (target: string, cause: string) =>
    cell(target, cause)
      ?.properties.map((value) => glyph[value])
      .join('') ?? '';
  const rows = causes.map((cause) => [`\`${cause}\``, ...targets.map(({ id }) => marks(id, cause))]);
  return table(['cause', ...targets.map(({ id }) => plain(id))], rows);
}

function timesOf(measures: readonly Measured[]): string[] {
  return measures.length === 0
    ? []
    : [
        'Measured:',
        table(
          ['what', 'how long, or how often'],
          measures.map((measured) => [plain(measured.what), inWords(measured)]),
        ),
      ];
}

function kindsIn(what: string, kinds: readonly FailureKind[], run: RunSoFar): string[] {
  if (kinds.length === 0) return [];
  const rows = kinds.map(({ first, findings, others }) => {
    const [main] = findings;
    const also = others.length === 0 ? '' : ` and ${others.length} alike`;
    const happened = main?.finding.observed ?? first.verdict.because;
    const { requirement } = main?.finding ?? {};
    const sentence =
      requirement === undefined
        ? ''
        : `${requirement.level}: ${link(sectionOf(requirement), requirement.href)}: “${plain(requirement.quote, 300)}”`;
    return [
      code(first.scenario) + also,
      plain(run.cards.get(first.scenario)?.summary ?? '', 200),
      code(happened),
      sentence,
    ];
  });
  return [`${what}, a kind a row:`, table(['scenario', 'what was broken', 'what happened', 'the sentence'], rows)];
}
