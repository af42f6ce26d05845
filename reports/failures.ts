import type { Property } from '../harness/model/scenario.ts';
import type { JudgedFinding, VerdictValue } from '../harness/model/verdict.ts';
import { properties } from './matrix.ts';
import type { RunSoFar, ScenarioFinished } from './run-so-far.ts';

/** A finding and the property that it belongs to. */
interface Placed {
  readonly property: Property;
  readonly finding: JudgedFinding;
}

/** Scenarios that went wrong on one target in the same way. */
export interface FailureKind {
  readonly target: string;
  /** The first of them, which stands for all. */
  readonly first: ScenarioFinished;
  readonly findings: readonly Placed[];
  readonly others: readonly string[];
}

/** The findings of this value, the safest property first. */
export function findingsOf({ verdict }: ScenarioFinished, value: VerdictValue): Placed[] {
  return properties.flatMap((property) =>
    verdict.properties[property].findings.filter((f) => f.value === value).map((finding) => ({ property, finding })),
  );
}

/**
 * The verdicts of one value by target in the run's order, each with its kinds: the safest property first, then the
 * commonest. Two are alike when the same oracles spoke for the same requirements and, digits and correlations aside,
 * observed the same.
 */
export function kindsOf(run: RunSoFar, value: VerdictValue): ReadonlyMap<string, readonly FailureKind[]> {
  const kinds = new Map<string, { kind: FailureKind; others: string[] }>();
  for (const first of run.finished) {
    if (first.verdict.value !== value) continue;
    const findings = findingsOf(first, value);
    const ways = findings.map(({ property, finding: { oracle, requirement, observed } }) => [
      property,
      oracle,
      requirement.id,
      alikeText(observed),
    ]);
    const key = JSON.stringify([first.target, ways.length > 0 ? ways : alikeText(first.verdict.because)]);
    const known = kinds.get(key);
    if (known !== undefined) known.others.push(first.scenario);
    else {
      const others: string[] = [];
      kinds.set(key, { kind: { target: first.target, first, findings, others }, others });
    }
  }
  const targets = run.started?.targets.map((target) => target.id) ?? [];
  const gravity = ({ findings: [main] }: FailureKind) =>
    main === undefined ? properties.length : properties.indexOf(main.property);
  const sorted = [...kinds.values()]
    .map(({ kind }) => kind)
    .sort(
      (a, b) =>
        targets.indexOf(a.target) - targets.indexOf(b.target) ||
        gravity(a) - gravity(b) ||
        b.others.length - a.others.length,
    );
  return Map.groupBy(sorted, (kind) => kind.target);
}

/** What was observed without what differs from one run of the same thing to the next. */
function alikeText(observed: string): string {
  return observed.replace(/\bfw-[0-9a-f]+|\d+/g, '#');
}
