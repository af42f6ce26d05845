import type { Requirement } from './requirement.ts';
import type { ExpectedOutcome, Finding, Property } from './scenario.ts';

/** What a property, and a scenario as a whole, came to; `judge.ts` holds their order. */
export type VerdictValue = (typeof verdictValues)[number];

const verdictValues = ['pass', 'note', 'warn', 'fail', 'inconclusive', 'not-applicable', 'waived'] as const;

/** A count of none for each verdict, to count up from. */
export const noVerdicts = (): Record<VerdictValue, number> =>
  Object.fromEntries(verdictValues.map((value) => [value, 0])) as Record<VerdictValue, number>;

/** How well a cause was named: D0 silent or misleading, D1 generic, D2 the class, D3 the cause, D4 with values. */
export type Grade = 'D0' | 'D1' | 'D2' | 'D3' | 'D4';

/** A grade, the text that earned it, and the cause that it wrongly named, if it did. */
export interface Graded {
  readonly grade: Grade;
  readonly text?: string;
  readonly misleading?: string;
}

export type GateId = 'control-before' | 'fault-met' | 'explicit-outcome' | 'oracles' | 'control-after';

export interface Gate {
  readonly id: GateId;
  readonly open: boolean;
  /** Why, in a few words. */
  readonly because: string;
}

export interface JudgedFinding extends Finding {
  readonly oracle: string;
  readonly requirement: Requirement;
  readonly value: VerdictValue;
}

export interface PropertyVerdict {
  readonly value: VerdictValue;
  readonly findings: readonly JudgedFinding[];
}

/** What one scenario came to on one target. */
export interface Verdict {
  readonly scenario: string;
  readonly target: string;
  /** The worst of the properties. */
  readonly value: VerdictValue;
  /** Why it is what it is, in one sentence; always there unless it is `pass`. */
  readonly because: string;
  readonly expected: ExpectedOutcome;
  readonly gates: readonly Gate[];
  readonly properties: { readonly [P in Property]: PropertyVerdict };
  /** What the caller and the operator were told. */
  readonly diagnosis: { readonly caller: Graded; readonly operator: Graded };
}
