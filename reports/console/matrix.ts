import type { VerdictValue } from '../../harness/model/verdict.ts';
import { glyph, gradesOf, gradeText, type Matrix, matricesOf, properties } from '../matrix.ts';
import { countVerdicts, type RunSoFar } from '../run-so-far.ts';
import { cut, oneLine } from '../text.ts';
import { type Paint, styleOf } from './paint.ts';

const counted = ['pass', 'note', 'warn', 'fail', 'inconclusive', 'waived', 'not-applicable'] as const;
const heads = ['pass', 'note', 'warn', 'fail', 'inconcl', 'waived', 'n/a'] as const;

/** The targets with their numbers, verdicts and grades; the matrices refer to them by number. */
export function targetLines(run: RunSoFar, width: number, paint: Paint): string[] {
  const targets = idsOf(run);
  const name = Math.min(Math.max(7, ...targets.map((id) => id.length)), Math.max(12, width - 68));
  const head = `     ${'target'.padEnd(name)} ${heads.map((h) => h.padStart(h.length + 1)).join('')}   operator  caller`;
  return [
    paint('dim', head),
    ...targets.map((target, i) => {
      const finished = run.finished.filter((f) => f.target === target);
      const totals = countVerdicts(finished);
      const cells = counted.map((value, c) => {
        const text = String(totals[value]).padStart(heads[c]!.length + 1);
        return totals[value] === 0 ? paint('dim', text) : paint(styleOf[value], text);
      });
      const operator = gradeText(gradesOf(finished, 'operator')).padEnd(8);
      const caller = gradeText(gradesOf(finished, 'caller'));
      const label = cut(oneLine(target), name).padEnd(name);
      return `${String(i + 1).padStart(4)} ${label} ${cells.join('')}   ${operator}  ${caller}`.trimEnd();
    }),
  ];
}

/** Causes × targets for each role: five glyphs a cell, in blocks of as many targets as fit, all as wide. */
export function matrices(
  run: RunSoFar,
  width: number,
  paint: Paint,
): { readonly title: string; readonly lines: string[] }[] {
  const all = matricesOf(run);
  const name = Math.min(Math.max(6, ...all.flatMap(({ causes }) => causes).map((cause) => cause.length)), 30);
  const numbers = new Map(idsOf(run).map((id, i) => [id, i + 1]));
  return all.map((matrix) => ({ title: matrix.title, lines: linesOf(matrix, numbers, name, width, paint) }));
}

function linesOf(
  { targets, causes, cell }: Matrix,
  numbers: ReadonlyMap<string, number>,
  name: number,
  width: number,
  paint: Paint,
): string[] {
  const columns = Math.max(1, Math.floor((width - name - 2) / (properties.length + 2)));
  const blank = ' '.repeat(properties.length);
  const lines: string[] = [];
  for (let from = 0; from < targets.length; from += columns) {
    const block = targets.slice(from, from + columns);
    const heads = block.map(({ id }) => String(numbers.get(id)).padStart(5)).join('  ');
    if (from > 0) lines.push('');
    lines.push(paint('dim', `  ${'cause'.padEnd(name)}  ${heads}`));
    for (const cause of causes) {
      const cells = block.map(
        ({ id }) =>
          cell(id, cause)
            ?.properties.map((v) => mark(v, paint))
            .join('') ?? blank,
      );
      lines.push(`  ${cut(oneLine(cause), name).padEnd(name)}  ${cells.join('  ')}`.trimEnd());
    }
  }
  return lines;
}

function idsOf({ started }: RunSoFar): readonly string[] {
  return started?.targets.map(({ id }) => id) ?? [];
}

function mark(value: VerdictValue, paint: Paint): string {
  return paint(styleOf[value], glyph[value]);
}

/** How to read the tables. */
export function legendLines(paint: Paint): string[] {
  const marks = counted.map((value) => `${mark(value, paint)} ${value === 'not-applicable' ? 'not asked' : value}`);
  return [
    `  ${paint('dim', 'five marks a cell, the worst of its scenarios:')} ${properties.join(' ')}`,
    `  ${marks.join('  ')}`,
    `  ${paint('dim', 'diagnosis, median (worst): D0 silent or misleading, D1 generic, D2 class, D3 cause, D4 cause with values')}`,
  ];
}
