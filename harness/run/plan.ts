import { FailwellError } from '../model/error.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Repertoire } from '../model/stage.ts';
import type { ClientRole, Step } from '../model/step.ts';
import type { Target } from '../model/target.ts';
import { capabilitiesOf } from './capable.ts';
import { meant } from './nearest.ts';

/** What to run of what there is. Patterns are ids in which `*` stands for anything; several are alternatives. */
export interface Selection {
  readonly targets?: readonly string[];
  readonly scenarios?: readonly string[];
  readonly causes?: readonly string[];
  /** A suite's choice; scenarios that are asked for by id or pattern run whatever it says. */
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
  /** Those of a role for which something was chosen. */
  readonly targets: readonly Target[];
  /** What will be run, in order: by target, `shared` first, `fresh` last. */
  readonly pairs: readonly Pair[];
  /** What a target cannot meet, its stage cannot do, or this machine cannot start, and why. */
  readonly notApplicable: readonly (Pair & { readonly why: string })[];
  /** The targets that cannot be started here, and why: a sentence without its full stop. */
  readonly missing: ReadonlyMap<Target, string>;
}

const isolationOrder = { shared: 0, exclusive: 1, fresh: 2 } as const;

/**
 * Scenarios × targets, by role and capability. `missing` says of targets that cannot be started here why. Throws a
 * `usage` error when a pattern matches nothing.
 */
export function plan(
  all: {
    readonly scenarios: readonly Scenario[];
    readonly targets: readonly Target[];
    readonly repertoire?: Repertoire;
    readonly missing?: ReadonlyMap<Target, string>;
  },
  selection: Selection,
): Plan {
  const targets = chooseTargets(all.targets, selection.targets);
  const scenarios = chooseScenarios(all.scenarios, selection);
  const { missing = new Map() } = all;
  const pairs: Pair[] = [];
  const notApplicable: (Pair & { why: string })[] = [];
  for (const target of targets) {
    const ordered = scenarios
      .filter(({ role }) => role === target.role)
      .toSorted((a, b) => isolationOrder[a.isolation] - isolationOrder[b.isolation]);
    for (const scenario of ordered) {
      const why =
        unmet(scenario, target) ??
        undeclared(scenario, target) ??
        insideRealIdp(scenario, target) ??
        unknownClient(scenario, target) ??
        unchangeable(scenario, target) ??
        undoable(scenario, all.repertoire) ??
        missing.get(target);
      if (why === undefined) pairs.push({ scenario, target });
      else notApplicable.push({ scenario, target, why });
    }
  }
  const involved = targets.filter(({ role }) => scenarios.some((scenario) => scenario.role === role));
  return { scenarios, targets: involved, pairs, notApplicable, missing };
}

/** The targets that these patterns choose; all without any. Throws a `usage` error when a pattern matches nothing. */
export function chooseTargets(all: readonly Target[], patterns: readonly string[] | undefined): readonly Target[] {
  return chosen(all, patterns, 'target', ({ id }) => [id]);
}

/** The scenarios that a selection asks for, in their order. Throws a `usage` error when a pattern matches nothing. */
export function chooseScenarios(
  all: readonly Scenario[],
  { suite, scenarios, causes, shard }: Omit<Selection, 'targets'>,
): readonly Scenario[] {
  const asked = scenarios === undefined ? all.filter((scenario) => suite?.(scenario) ?? true) : all;
  const byId = chosen(asked, scenarios, 'scenario', ({ id }) => [id, id.split('/').slice(0, 2).join('/')]);
  const byCause = chosen(byId, causes, 'cause', ({ cause }) => [cause]);
  return byCause.filter((_, index) => shard === undefined || index % shard.of === shard.index - 1);
}

/** Throws a `usage` error when there is nothing to run: a run that judges nothing is a mistake. */
export function mustRunSomething({ scenarios, pairs, notApplicable, missing }: Plan): void {
  if (pairs.length > 0) return;
  const absent = notApplicable.find(({ target, why }) => missing.get(target) === why);
  if (absent !== undefined) throw new FailwellError('target-not-ready', `Nothing would run: ${absent.why}.`);
  throw new FailwellError(
    'usage',
    scenarios.length === 0
      ? 'Nothing would run: no scenario is in all of what --suite, --scenario, --cause and --shard choose; ask for more.'
      : notApplicable.length === 0
        ? 'Nothing would run: no chosen target has the role that the chosen scenarios are for; choose others.'
        : `Nothing would run: ${notApplicable[0]?.why}, which the chosen scenarios need; choose others, or declare it.`,
  );
}

/** Why a target cannot meet a scenario: a capability that it lacks, or one (`!opaque`) that it must not have. */
function unmet({ needs }: Scenario, target: Target): string | undefined {
  const { id } = target;
  const capabilities = capabilitiesOf(target);
  const has = needs.filter((need) => need.startsWith('!') && capabilities.includes(need.slice(1)));
  const lacks = needs.filter((need) => !need.startsWith('!') && !capabilities.includes(need));
  if (lacks.length > 0) return `${id} does not declare the capability ${lacks.join(', ')}`;
  return has.length > 0 ? `${id} declares the capability ${has.map((need) => need.slice(1)).join(', ')}` : undefined;
}

/** Steps that are done inside the mock IdP. */
const insideIdp = ['rotate-keys', 'pass-time', 'end-sessions'];

/** Why a chain with a real IdP cannot meet a scenario: what is changed lies inside the IdP. */
function insideRealIdp({ faults, stimulus }: Scenario, { id, members }: Target): string | undefined {
  const idp = members?.idp;
  if (idp === undefined) return undefined;
  const own = capabilitiesOf(idp);
  const inside =
    faults.find(({ fault, on }) => on === 'idp' && !(fault.seam === 'clock' && own.includes('clock')))?.fault.id ??
    stimulus.flatMap(deeds).find((deed) => insideIdp.includes(deed));
  if (inside !== undefined) return `the IdP of ${id} is ${idp.id}, a real one, in which nobody can do '${inside}'`;
  const restarts = stimulus.flatMap(deeds).includes('restart-idp') && !own.includes('interruptible');
  return restarts ? `the IdP of ${id} is ${idp.id}, whose driver cannot start it again` : undefined;
}

/** Why nobody can do a step as one of the clients: those of a target that names them itself are all that there are. */
function unknownClient({ stimulus }: Scenario, { id, idp }: Target): string | undefined {
  const clients = idp?.given?.clients;
  if (clients === undefined || idp?.registers !== undefined) return undefined;
  const unknown = stimulus.flatMap(clientsOf).find((role) => clients[role] === undefined);
  return unknown && `${id} names no ${unknown} client in 'idp.given'`;
}

function clientsOf(step: Step): readonly ClientRole[] {
  if (step.do === 'parallel') return step.steps.flatMap((part) => clientsOf(part.step));
  return (step.do === 'ask-idp' || step.do === 'authorize') && step.client !== undefined ? [step.client] : [];
}

/** Why a step cannot be made wrong as it should be: what is right is known beforehand of a target that says it itself. */
function unchangeable({ stimulus }: Scenario, { id, idp }: Target): string | undefined {
  const given = idp?.given;
  for (const step of stimulus) {
    if (step.do !== 'authorize' && step.do !== 'ask-idp') continue;
    const right: { readonly [name: string]: string | undefined } = {
      redirect_uri: given?.clients?.[step.client ?? 'confidential']?.redirectUris[0],
      scope: step.do === 'authorize' ? idp?.scope : given?.scope,
    };
    const same = Object.entries(step.parameters ?? {}).find(
      ([name, change]) =>
        typeof change === 'function' && right[name] !== undefined && change(right[name]) === right[name],
    );
    if (same !== undefined) return `nothing in the ${same[0]} of ${id} can be changed like that`;
  }
  return undefined;
}

/** Why nobody knows how long a step would have to wait. */
function undeclared({ stimulus }: Scenario, { id, declares }: Target): string | undefined {
  const waited = stimulus.flatMap((step) => (step.do === 'wait-out' && step.lifetime ? [step.lifetime] : []));
  const unknown = waited.find((lifetime) => declares[lifetime] === undefined);
  return unknown && `${id} does not declare its ${unknown}`;
}

/** Why a stage cannot do what a scenario does; without a repertoire it can do everything. */
function undoable({ role, stimulus }: Scenario, repertoire: Repertoire | undefined): string | undefined {
  const missing = stimulus.flatMap(deeds).find((deed) => repertoire?.[role]?.includes(deed) === false);
  if (repertoire !== undefined && repertoire[role] === undefined) return `there is no stage for a ${role} yet`;
  return missing === undefined ? undefined : `the stage for a ${role} cannot do '${missing}' yet`;
}

/** What a step asks of a stage. */
function deeds(step: Step): readonly string[] {
  if (step.do === 'drive') return [step.what];
  if (step.do === 'parallel') return [step.do, ...step.steps.flatMap((part) => deeds(part.step))];
  return step.do === 'call-api' && step.proof !== undefined ? [step.do, 'prove-possession'] : [step.do];
}

/** The items whose ids match one of these patterns; all without any. Throws a `usage` error when one matches nothing. */
export function chosen<T>(
  all: readonly T[],
  patterns: readonly string[] | undefined,
  what: string,
  ids: (item: T) => readonly string[],
): readonly T[] {
  if (patterns === undefined || patterns.length === 0) return all;
  const tests = patterns.map((pattern) => ({ pattern, matches: matcher(pattern) }));
  for (const { pattern, matches } of tests) {
    if (all.some((item) => ids(item).some(matches))) continue;
    const there = [...new Set(all.flatMap(ids))];
    const tooMany = there.length > 12 ? `'failwell list ${listed(what)}' shows those that there are.` : undefined;
    const hint = meant(pattern, there, tooMany);
    throw new FailwellError('usage', `No ${what} matches '${pattern}': ${hint}`);
  }
  return all.filter((item) => ids(item).some((id) => tests.some(({ matches }) => matches(id))));
}

/** What a list shows these in. */
const listed = (what: string) => (['scenario', 'target', 'cause'].includes(what) ? `${what}s` : '--json');

function matcher(pattern: string): (id: string) => boolean {
  const source = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const regex = new RegExp(`^${source.join('.*')}$`);
  return (id) => regex.test(id);
}
