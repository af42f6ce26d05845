import type { CauseId } from '../harness/model/cause.ts';
import type { TargetCard } from '../harness/model/event.ts';
import type { Role } from '../harness/model/parties.ts';
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

/** The causes and the targets of one role. */
export interface Matrix {
  readonly role: Role;
  /** What its targets are called together. */
  readonly title: string;
  /** Those that anything was judged for, in the run's order. */
  readonly targets: readonly TargetCard[];
  /** Those that one of them at least was judged for, in the order of the run's scenarios. */
  readonly causes: readonly CauseId[];
  /** `undefined` where no verdict came. */
  cell(target: string, cause: CauseId): Cell | undefined;
}

const titles: { readonly [R in Role]: string } = {
  gateway: 'Gateways',
  client: 'Clients',
  idp: 'IdPs',
  chain: 'Chains',
};
const roles = Object.keys(titles) as Role[];

/**
 * Folds a run's verdicts into a matrix for each role that anything was judged for: few causes concern two roles, and none all, so that
 * one matrix for all would be empty for the most part.
 */
export function matricesOf(run: RunSoFar): readonly Matrix[] {
  const cells = new Map<string, Cell>();
  const key = (target: string, cause: CauseId) => JSON.stringify([target, cause]);
  for (const { scenario, target, verdict } of run.finished) {
    const at = key(target, causeOf(scenario, run));
    const before = cells.get(at);
    cells.set(at, {
      value: stronger(before?.value ?? 'not-applicable', verdict.value),
      properties: properties.map((property, i) =>
        stronger(before?.properties[i] ?? 'not-applicable', shown(verdict, property)),
      ),
      scenarios: (before?.scenarios ?? 0) + 1,
    });
  }
  const cell = (target: string, cause: CauseId) => cells.get(key(target, cause));
  const judged = (target: string, cause: CauseId) =>
    (cell(target, cause)?.value ?? 'not-applicable') !== 'not-applicable';
  const causes = causesOf(run);
  return roles.flatMap((role) => {
    const targets = (run.started?.targets ?? []).filter(
      ({ id, role: own }) => own === role && causes.some((cause) => judged(id, cause)),
    );
    const those = causes.filter((cause) => targets.some(({ id }) => judged(id, cause)));
    return targets.length === 0 ? [] : [{ role, title: titles[role], targets, causes: those, cell }];
  });
}

/** The causes of all verdicts, in the order of the run's scenarios. */
export function causesOf(run: RunSoFar): readonly CauseId[] {
  const met = new Set(run.finished.map(({ scenario }) => causeOf(scenario, run)));
  const planned = [...run.cards.values()].map((card) => card.cause);
  return [...new Set([...planned.filter((cause) => met.has(cause)), ...met])];
}

function causeOf(scenario: string, run: RunSoFar): CauseId {
  return run.cards.get(scenario)?.cause ?? scenario;
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
