import type { Graded, VerdictValue } from '../../harness/model/verdict.ts';
import { gradesOf, gradeText, type Matrix, properties } from '../matrix.ts';
import type { RunSoFar, ScenarioFinished } from '../run-so-far.ts';
import { code, table } from './text.ts';

const words: { readonly [V in VerdictValue]: string } = {
  pass: '✓ pass',
  note: '~ note',
  warn: '! warn',
  fail: '✗ **fail**',
  inconclusive: '? open',
  waived: 'waived',
  'not-applicable': '·',
};

/** What one target of the matrix did for each cause: the five properties, the grades, and what it said. */
export function byCause(target: string, matrix: Matrix, run: RunSoFar): string {
  const mine = run.finished.filter((finished) => finished.target === target);
  const rows = matrix.causes.flatMap((cause) => {
    const cell = matrix.cell(target, cause);
    const those = mine.filter(({ scenario }) => run.cards.get(scenario)?.cause === cause);
    if (cell === undefined || cell.value === 'not-applicable') return [];
    const values = cell.properties.map((value, at) =>
      properties[at] === 'diagnosis' && value !== 'not-applicable'
        ? `${words[value]} ${gradeText(gradesOf(those, 'operator'))}`
        : words[value],
    );
    return [[`\`${cause}\``, String(cell.scenarios), ...values, sampleOf(those)]];
  });
  return table(
    ['cause', 'scenarios', 'safe', 'signal', 'diagnosis', 'discretion', 'resilience', 'its log said'],
    rows,
    [1],
  );
}

/** A line that stands for what the log said: that of the middle grade. */
function sampleOf(finished: readonly ScenarioFinished[]): string {
  const told = finished
    .map(({ verdict }) => verdict.diagnosis.operator)
    .filter((graded): graded is Graded & { text: string } => graded.text !== undefined)
    .toSorted((a, b) => a.grade.localeCompare(b.grade));
  const middle = told[Math.floor((told.length - 1) / 2)];
  return middle === undefined ? '–' : code(middle.text);
}
