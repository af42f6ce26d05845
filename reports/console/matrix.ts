import type { VerdictValue } from '../../harness/model/verdict.ts';
import { glyph, gradesOf, gradeText, matrixOf, properties } from '../matrix.ts';
import { countVerdicts, type RunSoFar } from '../run-so-far.ts';
import { cut, oneLine } from '../text.ts';
import { type Paint, styleOf } from './paint.ts';

const counted = ['pass', 'note', 'warn', 'fail', 'inconclusive', 'waived', 'not-applicable'] as const;
const heads = ['pass', 'note', 'warn', 'fail', 'inconcl', 'waived', 'n/a'] as const;

/** The targets with their numbers, verdicts and grades; the matrix refers to them by number. */
export function targetLines(run: RunSoFar, width: number, paint: Paint): string[] {
  const { targets } = matrixOf(run);
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

/** Causes × targets: five glyphs a cell, in blocks of as many targets as fit. */
export function matrixLines(run: RunSoFar, width: number, paint: Paint): string[] {
  const { targets, causes, cell } = matrixOf(run);
  const name = Math.min(Math.max(6, ...causes.map((cause) => cause.length)), 30);
  const columns = Math.max(1, Math.floor((width - name - 2) / (properties.length + 2)));
  const blank = ' '.repeat(properties.length);
  const lines: string[] = [];
  for (let from = 0; from < targets.length; from += columns) {
    const block = targets.slice(from, from + columns);
    const numbers = block.map((_, i) => String(from + i + 1).padStart(5)).join('  ');
    if (from > 0) lines.push('');
    lines.push(paint('dim', `  ${'cause'.padEnd(name)}  ${numbers}`));
    for (const cause of causes) {
      const cells = block.map(
        (target) =>
          cell(target, cause)
            ?.properties.map((v) => mark(v, paint))
            .join('') ?? blank,
      );
      lines.push(`  ${cut(oneLine(cause), name).padEnd(name)}  ${cells.join('  ')}`.trimEnd());
    }
  }
  return lines;
}

function mark(value: VerdictValue, paint: Paint): string {
  return paint(styleOf[value], glyph[value]);
}

/** How to read the two tables. */
export function legendLines(paint: Paint): string[] {
  const marks = counted.map((value) => `${mark(value, paint)} ${value === 'not-applicable' ? 'not asked' : value}`);
  return [
    `  ${paint('dim', 'five marks a cell, the worst of its scenarios:')} ${properties.join(' ')}`,
    `  ${marks.join('  ')}`,
    `  ${paint('dim', 'diagnosis, median (worst): D0 silent or misleading, D1 generic, D2 class, D3 cause, D4 cause with values')}`,
  ];
}
