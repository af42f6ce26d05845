import type { ScenarioCard } from '../../harness/model/event.ts';
import type { Entry } from '../../harness/model/history.ts';
import type { Requirement } from '../../harness/model/requirement.ts';
import { causesOf, gradeOf, gradesOf, gradeText, matricesOf, properties, shown } from '../matrix.ts';
import { declaredIn, figuresOf } from '../measured.ts';
import { sectionOf } from '../requirement-line.ts';
import { headline, type RunSoFar, type ScenarioFinished, totalsOf } from '../run-so-far.ts';
import { cut } from '../text.ts';

/** Everything that the page shows before a detail is opened. */
export function overviewOf(run: RunSoFar) {
  const { started, ended } = run;
  const by = Map.groupBy(run.finished, (finished) => finished.target);
  return {
    headline: headline(run),
    run: {
      failwell: started?.failwell,
      node: started?.node,
      seed: started?.seed,
      at: started?.at,
      replay: started?.replay,
      milliseconds: ended?.milliseconds,
      planned: started?.planned,
    },
    properties,
    totals: totalsOf(run),
    troubles: run.troubles,
    targets: (started?.targets ?? []).map((target) => ({
      ...target,
      grades: gradeText(gradesOf(by.get(target.id) ?? [], 'operator')),
      measured: run.measuredOn(target.id).map((measured) => ({
        what: measured.what,
        figures: figuresOf(measured),
        declared: declaredIn(measured),
      })),
    })),
    scenarios: [...run.cards.values()].map(withoutExpectations),
    requirements: Object.fromEntries(requirementsOf(run).map((r) => [r.id, { ...r, section: sectionOf(r) }])),
    causes: causesOf(run),
    matrices: matricesOf(run).map(({ title, targets, causes, cell }) => ({
      title,
      targets: targets.map(({ id }) => id),
      causes,
      cells: causes.map((cause) => targets.map(({ id }) => cell(id, cause) ?? null)),
    })),
    rows: run.finished.map(({ scenario, target, verdict }) => ({
      scenario,
      target,
      value: verdict.value,
      because: cut(verdict.because, 300),
      properties: properties.map((property) => shown(verdict, property)),
      operator: gradeOf(verdict, 'operator'),
    })),
  };
}

const audiences = ['operator', 'caller'] as const;

/** What the page shows of one scenario on one target. */
export function detailOf(finished: ScenarioFinished, kept: readonly Entry[], dropped: number) {
  const { verdict } = finished;
  return {
    scenario: finished.scenario,
    target: finished.target,
    instance: finished.instance,
    milliseconds: finished.milliseconds,
    because: verdict.because,
    gates: verdict.gates,
    diagnosis: audiences
      .filter((audience) => gradeOf(verdict, audience) !== undefined)
      .map((audience) => ({ audience, ...verdict.diagnosis[audience] })),
    findings: properties.flatMap((property) =>
      verdict.properties[property].findings.map((f) => ({
        property,
        value: f.value,
        oracle: f.oracle,
        observed: cut(f.observed, 800),
        expected: cut(f.expected, 800),
        evidence: f.evidence.slice(0, 20),
        requirement: f.requirement.id,
        ...(f.held !== undefined && { held: f.held }),
      })),
    ),
    replay: finished.replay,
    curl: finished.curl,
    entries: kept,
    dropped,
  };
}

/** The entries that a verdict's findings rest on. */
export function evidenceOf({ verdict }: ScenarioFinished): ReadonlySet<number> {
  return new Set(properties.flatMap((property) => verdict.properties[property].findings.flatMap((f) => f.evidence)));
}

/** The findings name requirements by id: each stands in the page once. */
function requirementsOf(run: RunSoFar): Requirement[] {
  const all = run.finished.flatMap(({ verdict }) =>
    properties.flatMap((p) => verdict.properties[p].findings.map((f) => f.requirement)),
  );
  return [...new Map(all.map((requirement) => [requirement.id, requirement])).values()];
}

function withoutExpectations({ expectations: _, ...card }: ScenarioCard): Omit<ScenarioCard, 'expectations'> {
  return card;
}
