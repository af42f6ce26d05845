import { FailwellError } from '../model/error.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Target } from '../model/target.ts';

/** What to run of what there is. Patterns are ids in which `*` stands for anything; several are alternatives. */
export interface Selection {
  readonly targets?: readonly string[];
  readonly scenarios?: readonly string[];
  readonly causes?: readonly string[];
  /** A suite's choice, applied before the patterns. */
  readonly suite?: (scenario: Scenario) => boolean;
  /** The i-th of n parts, from 1; splits by scenario, so that the parts are disjoint and together everything. */
  readonly shard?: { readonly index: number; readonly of: number };
}

export interface Pair {
  readonly scenario: Scenario;
  readonly target: Target;
}

export interface Plan {
  readonly scenarios: readonly Scenario[];
  readonly targets: readonly Target[];
  /** What will be run, in order: by target, `shared` first, `fresh` last. */
  readonly pairs: readonly Pair[];
  /** What a target cannot meet, and why. */
  readonly notApplicable: readonly (Pair & { readonly why: string })[];
}

const isolationOrder = { shared: 0, exclusive: 1, fresh: 2 } as const;

/** Scenarios × targets, by role and capability. Throws a `usage` error when a pattern matches nothing. */
export function plan(all: { scenarios: readonly Scenario[]; targets: readonly Target[] }, selection: Selection): Plan {
  const targets = chosen(all.targets, selection.targets, 'target', ({ id }) => [id]);
  const inSuite = all.scenarios.filter((scenario) => selection.suite?.(scenario) ?? true);
  const asked = selection.scenarios === undefined ? inSuite : all.scenarios;
  const byId = chosen(asked, selection.scenarios, 'scenario', ({ id }) => [id, id.split('/').slice(0, 2).join('/')]);
  const byCause = chosen(byId, selection.causes, 'cause', ({ cause }) => [cause]);
  const { shard } = selection;
  const scenarios = byCause.filter((_, index) => shard === undefined || index % shard.of === shard.index - 1);

  const pairs: Pair[] = [];
  const notApplicable: (Pair & { why: string })[] = [];
  for (const target of targets) {
    const ordered = scenarios
      .filter(({ role }) => role === target.role)
      .toSorted((a, b) => isolationOrder[a.isolation] - isolationOrder[b.isolation]);
    for (const scenario of ordered) {
      const why = unmet(scenario, target);
      if (why === undefined) pairs.push({ scenario, target });
      else notApplicable.push({ scenario, target, why });
    }
  }
  return { scenarios, targets, pairs, notApplicable };
}

/** Why a target cannot meet a scenario: a capability that it lacks, or one (`!opaque`) that it must not have. */
function unmet({ needs }: Scenario, { id, capabilities }: Target): string | undefined {
  const has = needs.filter((need) => need.startsWith('!') && capabilities.includes(need.slice(1)));
  const lacks = needs.filter((need) => !need.startsWith('!') && !capabilities.includes(need));
  if (lacks.length > 0) return `${id} does not declare the capability ${lacks.join(', ')}`;
  return has.length > 0 ? `${id} declares the capability ${has.map((need) => need.slice(1)).join(', ')}` : undefined;
}

function chosen<T>(
  all: readonly T[],
  patterns: readonly string[] | undefined,
  what: string,
  ids: (item: T) => readonly string[],
): readonly T[] {
  if (patterns === undefined || patterns.length === 0) return all;
  const tests = patterns.map((pattern) => ({ pattern, matches: matcher(pattern) }));
  for (const { pattern, matches } of tests) {
    if (all.some((item) => ids(item).some(matches))) continue;
    const near = nearest(pattern, [...new Set(all.flatMap(ids))]);
    throw new FailwellError(
      'usage',
      `No ${what} matches '${pattern}'${near === undefined ? '' : `; did you mean '${near}'?`} Run 'failwell list' to see them all.`,
    );
  }
  return all.filter((item) => ids(item).some((id) => tests.some(({ matches }) => matches(id))));
}

function matcher(pattern: string): (id: string) => boolean {
  const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const regex = new RegExp(`^${source.join('.*')}$`);
  return (id) => regex.test(id);
}

/** The id that shares most of its three-letter pieces with what was typed. */
function nearest(typed: string, ids: readonly string[]): string | undefined {
  const pieces = (text: string) =>
    new Set(Array.from({ length: Math.max(0, text.length - 2) }, (_, at) => text.slice(at, at + 3)));
  const wanted = pieces(typed);
  const scored = ids.map((id) => {
    const have = pieces(id);
    return { id, score: (2 * [...wanted].filter((piece) => have.has(piece)).length) / (wanted.size + have.size || 1) };
  });
  const best = scored.toSorted((a, b) => b.score - a.score)[0];
  return best !== undefined && best.score > 0.3 ? best.id : undefined;
}
