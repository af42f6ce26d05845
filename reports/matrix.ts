import type { CauseId } from '../harness/model/cause.ts';
import type { Property } from '../harness/model/scenario.ts';
import type { Grade, Verdict, VerdictValue } from '../harness/model/verdict.ts';
import type { RunSoFar, ScenarioFinished } from './run-so-far.ts';

/** In the order in which every report shows them. */
export const properties = [
  'safe',
  'signal',
  'diagnosis',
  'discretion',
  'resilience',
] as const satisfies readonly Property[];

/** One character for each verdict. */
export const glyph: { readonly [V in VerdictValue]: string } = {
  pass: '✓',
  note: '~',
  warn: '!',
  fail: '✗',
  inconclusive: '?',
  waived: 'w',
  'not-applicable': '·',
};

/** Which of two values a cell shows: the later one. A scenario that did not apply hides nothing. */
const prominence: readonly VerdictValue[] = [
  'not-applicable',
  'pass',
  'note',
  'waived',
  'warn',
  'inconclusive',
  'fail',
];

function stronger(a: VerdictValue, b: VerdictValue): VerdictValue {
  return prominence.indexOf(b) > prominence.indexOf(a) ? b : a;
}

/** What a report shows for a property: its own value, and `not-applicable` where nothing was asked of it. */
export function shown(verdict: Verdict, property: Property): VerdictValue {
  const { value, findings } = verdict.properties[property];
  if (verdict.value === 'not-applicable') return 'not-applicable';
  if (findings.length === 0 && value === 'pass') return 'not-applicable';
  return value;
}

/** All scenarios of one cause on one target. */
export interface Cell {
  readonly value: VerdictValue;
  /** In the order of `properties`. */
  readonly properties: readonly VerdictValue[];
  readonly scenarios: number;
}

/** Targets × causes. Targets stand in the run's order, causes in that of its scenarios. */
interface Matrix {
  readonly targets: readonly string[];
  readonly causes: readonly CauseId[];
  /** `undefined` where no verdict came. */
  cell(target: string, cause: CauseId): Cell | undefined;
}

/** Folds a run's verdicts into its matrix. */
export function matrixOf(run: RunSoFar): Matrix {
  const cells = new Map<string, Cell>();
  const causeOf = (f: ScenarioFinished) => run.cards.get(f.scenario)?.cause ?? f.scenario;
  for (const finished of run.finished) {
    const { verdict } = finished;
    const key = JSON.stringify([finished.target, causeOf(finished)]);
    const before = cells.get(key);
    const values = properties.map((property) => shown(verdict, property));
    cells.set(key, {
      value: stronger(before?.value ?? 'not-applicable', verdict.value),
      properties: values.map((value, i) => stronger(before?.properties[i] ?? 'not-applicable', value)),
      scenarios: (before?.scenarios ?? 0) + 1,
    });
  }
  const causes = [...new Set([...run.cards.values()].map((card) => card.cause))];
  const met = new Set(run.finished.map(causeOf));
  return {
    targets: run.started?.targets.map((target) => target.id) ?? [],
    causes: [...causes.filter((cause) => met.has(cause)), ...[...met].filter((cause) => !causes.includes(cause))],
    cell: (target, cause) => cells.get(JSON.stringify([target, cause])),
  };
}

/** How well one audience was told, over all scenarios that ask for a diagnosis. */
interface Grades {
  readonly median: Grade;
  readonly worst: Grade;
}

/**
 * Over the conclusive scenarios that asked what this audience was told; `undefined` when none did. The median of an
 * even number is the lower of the middle two.
 */
export function gradesOf(finished: readonly ScenarioFinished[], audience: 'caller' | 'operator'): Grades | undefined {
  const grades = finished
    .map(({ verdict }) => gradeOf(verdict, audience))
    .filter((grade) => grade !== undefined)
    .sort();
  const median = grades[Math.floor((grades.length - 1) / 2)];
  return median === undefined ? undefined : { median, worst: grades[0]! };
}

/** Median and worst: `D3 (D1)`, one grade when they are the same. */
export function gradeText(grades: Grades | undefined): string {
  if (grades === undefined) return '–';
  return grades.median === grades.worst ? grades.median : `${grades.median} (${grades.worst})`;
}

/** `undefined` when the scenario did not ask, or its verdict is inconclusive. */
export function gradeOf({ value, properties, diagnosis }: Verdict, audience: 'caller' | 'operator'): Grade | undefined {
  const asked = properties.diagnosis.findings.some(({ said }) => said?.audience === audience);
  return asked && value !== 'inconclusive' ? diagnosis[audience].grade : undefined;
}
