import type { History } from '../model/history.ts';
import type { Expected, Property, Scenario } from '../model/scenario.ts';
import type { Target } from '../model/target.ts';
import type { Gate, Graded, JudgedFinding, PropertyVerdict, Verdict, VerdictValue } from '../model/verdict.ts';
import { gates } from './gates.ts';
import { grade } from './grade.ts';
import type { Lexicon } from './lexicon/lexicon.ts';

/** The five properties, in the order in which they are shown. */
export const properties: readonly Property[] = ['safe', 'signal', 'diagnosis', 'discretion', 'resilience'];

/** From best to worst. `not-applicable` is best: it says nothing. */
const worstLast: readonly VerdictValue[] = ['not-applicable', 'waived', 'pass', 'note', 'warn', 'inconclusive', 'fail'];

export function worst(values: readonly VerdictValue[]): VerdictValue {
  return values.reduce((a, b) => (worstLast.indexOf(b) > worstLast.indexOf(a) ? b : a), 'not-applicable');
}

/** What a broken expectation is worth: the level of its requirement, never anybody's taste. */
function severity({ requirement }: Expected): VerdictValue {
  if (requirement.level === 'MAY') return 'note';
  if (requirement.level === 'SHOULD' || requirement.id.startsWith('practice/')) return 'warn';
  return 'fail';
}

/** A breach is seen whole in the history, so that no closed gate can excuse it. */
const breaches: ReadonlySet<Property> = new Set(['safe', 'discretion']);

/**
 * Judges one history. Pure: the same history always gets the same verdict, live or replayed.
 * @param target its id, declared times and own words; nothing of it is run
 */
export function judge(
  scenario: Scenario,
  target: Pick<Target, 'id' | 'declares'> & Partial<Pick<Target, 'capabilities'>>,
  history: History,
  lexicon: Lexicon,
): Verdict {
  const told: { caller?: Graded; operator?: Graded } = {};
  const doubt = history.find((entry) => entry.kind === 'attribution-doubt');

  const judgeOne = (expected: Expected): JudgedFinding => {
    const { oracle, requirement } = expected;
    const finding = oracle.judge(history, target.declares);
    const base = { ...finding, oracle: oracle.id, requirement };
    if (finding.said === undefined) {
      const value = finding.holds === 'yes' ? 'pass' : finding.holds === 'no' ? severity(expected) : 'inconclusive';
      return { ...base, value };
    }
    const { cause, audience, texts } = finding.said;
    if (audience === 'operator' && target.capabilities?.includes('unlogged')) {
      return { ...base, value: 'not-applicable', observed: 'its logs are not seen' };
    }
    if (audience === 'operator' && doubt?.kind === 'attribution-doubt') {
      return { ...base, value: 'inconclusive', observed: doubt.why };
    }
    const graded = grade({ cause, audience, texts, lexicon });
    // Where several hops were asked, the one that said least counts.
    if (graded.grade <= (told[audience]?.grade ?? 'D4')) told[audience] = graded;
    const enough = audience === 'operator' ? 3 : 2;
    const level = Number(graded.grade.slice(1));
    const value = level >= enough ? 'pass' : level === enough - 1 ? 'note' : severity(expected);
    const named = graded.misleading === undefined ? '' : `, pointing at ${graded.misleading}`;
    return {
      ...base,
      holds: level >= enough ? 'yes' : 'no',
      value,
      observed: `${graded.grade}${named}${graded.text === undefined ? '' : `: ${graded.text.slice(0, 300)}`}`,
    };
  };

  const found = new Map(
    properties.map((property) => [property, scenario.expect.properties[property].map(judgeOne)] as const),
  );
  const holds = ({ value }: JudgedFinding) => ['pass', 'note', 'not-applicable'].includes(value);
  const passed = gates(scenario, history, [...found.values()].flat().every(holds));
  const closed = (id: Gate['id']) => passed.some((gate) => gate.id === id && !gate.open);
  const unproven = closed('control-before') || closed('fault-met');
  const unrestored = closed('explicit-outcome') || closed('control-after');

  const gated = (property: Property, findings: readonly JudgedFinding[]): PropertyVerdict => {
    const values = findings.map(({ value }) => {
      if (value === 'fail' || value === 'warn') return unproven && !breaches.has(property) ? 'inconclusive' : value;
      return (value === 'pass' || value === 'note') && (unproven || unrestored) ? 'inconclusive' : value;
    });
    // Within a property, what was seen to be wrong outweighs what could not be told.
    return { findings, value: values.includes('warn') && !values.includes('fail') ? 'warn' : worst(values) };
  };
  const verdicts = Object.fromEntries(
    properties.map((property) => [property, gated(property, found.get(property) ?? [])]),
  ) as Record<Property, PropertyVerdict>;
  const all = worst(properties.map((property) => verdicts[property].value));
  const value = (all === 'pass' || all === 'note') && passed.some(({ open }) => !open) ? 'inconclusive' : all;
  return {
    scenario: scenario.id,
    target: target.id,
    value,
    because: because(value, verdicts, passed),
    expected: scenario.expect.outcome,
    gates: passed,
    properties: verdicts,
    diagnosis: { caller: told.caller ?? { grade: 'D0' }, operator: told.operator ?? { grade: 'D0' } },
  };
}

function because(value: VerdictValue, verdicts: Verdict['properties'], passed: readonly Gate[]): string {
  if (value === 'pass') return 'it failed well';
  if (value === 'inconclusive') {
    const gate = passed.find(({ id, open }) => !open && id !== 'oracles');
    if (gate !== undefined) return gate.because;
  }
  const findings = properties.flatMap((property) =>
    verdicts[property].value === value ? verdicts[property].findings : [],
  );
  const finding = findings.find((one) => one.value === value);
  if (finding !== undefined) return `${finding.observed}; expected: ${finding.expected}`;
  return passed.find(({ open }) => !open)?.because ?? 'nothing was judged';
}

/** The verdict of a scenario that a target cannot meet. */
export function notApplicable(scenario: Scenario, target: Pick<Target, 'id'>, why: string): Verdict {
  const nothing: PropertyVerdict = { value: 'not-applicable', findings: [] };
  return {
    scenario: scenario.id,
    target: target.id,
    value: 'not-applicable',
    because: why,
    expected: scenario.expect.outcome,
    gates: [],
    properties: { safe: nothing, signal: nothing, diagnosis: nothing, discretion: nothing, resilience: nothing },
    diagnosis: { caller: { grade: 'D0' }, operator: { grade: 'D0' } },
  };
}
