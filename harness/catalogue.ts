import { suites } from '../suites/index.ts';
import { openProject, type Project } from './config/load.ts';
import { lacksBrowser } from './drivers/browser/lacks.ts';
import { capabilities } from './model/capabilities.ts';
import { FailwellError } from './model/error.ts';
import type { Listing } from './model/listing.ts';
import type { Scenario } from './model/scenario.ts';
import type { Target, Words } from './model/target.ts';
import { listing } from './run/listing.ts';
import { meant } from './run/nearest.ts';
import { type Plan, plan, type Selection } from './run/plan.ts';
import { needsBrowser } from './run/turns.ts';
import { repertoire } from './stage/repertoire.ts';

export { configFile } from './config/load.ts';

// Light on purpose: what lists and plans must not wait for what only runs need.

/** Everything that there is to choose from: built in, and brought by a project. */
export interface Catalogue {
  readonly project: Pick<Project, 'folder' | 'config'> & { readonly words: readonly Words[] };
  readonly scenarios: readonly Scenario[];
  readonly targets: readonly Target[];
}

/** The catalogue of a folder. Without targets of its own, the built-in references. */
export async function loadCatalogue(folder: string, config?: string): Promise<Catalogue> {
  const project = await openProject(folder, config);
  const [targets, scenarios, words] = [await targetsOf(project), await scenariosOf(project), await project.words()];
  mustClaimWhatThereIs(targets, scenarios);
  return { project: { folder: project.folder, config: project.config, words }, scenarios, targets };
}

/** Unsaid, a capability that is misspelt would leave out every scenario that needs it. */
function mustClaimWhatThereIs(targets: readonly Target[], scenarios: readonly Scenario[]): void {
  const needed = scenarios.flatMap(({ needs }) => needs.map((need) => need.replace(/^!/, '')));
  const known = new Set([...Object.keys(capabilities), ...needed]);
  for (const { id, capabilities: claimed } of targets) {
    const unknown = claimed.find((capability) => !known.has(capability));
    if (unknown === undefined) continue;
    const hint = meant(unknown, [...known]);
    throw new FailwellError('config', `Target '${id}' claims '${unknown}', which no scenario needs: ${hint}`);
  }
}

/** The scenarios of a folder as a list shows them: neither its targets nor the built-in scenarios are loaded. */
export async function listScenarios(folder: string, config?: string): Promise<readonly Listing[]> {
  const { manifest } = await import('../scenarios/manifest.ts');
  const own = await (await openProject(folder, config)).scenarios();
  return unique([...manifest, ...own.map(listing)], 'scenario');
}

/** The scenarios of a folder alone: its targets are not loaded. */
export async function loadScenarios(folder: string, config?: string): Promise<readonly Scenario[]> {
  return await scenariosOf(await openProject(folder, config));
}

/** The targets of a folder alone: its scenarios are not loaded. */
export async function loadTargets(folder: string, config?: string): Promise<readonly Target[]> {
  return await targetsOf(await openProject(folder, config));
}

async function scenariosOf(project: Project): Promise<readonly Scenario[]> {
  const { scenarios: builtIn } = await import('../scenarios/index.ts');
  return unique([...builtIn, ...(await project.scenarios())], 'scenario');
}

async function targetsOf(project: Project): Promise<readonly Target[]> {
  const own = await project.targets();
  if (own.length > 0) return unique(own, 'target');
  const { default: gateway } = await import('../targets/reference/gateway/target.ts');
  const { default: client } = await import('../targets/reference/client/target.ts');
  return [gateway, client];
}

function unique<T extends { readonly id: string }>(items: readonly T[], what: string): readonly T[] {
  const seen = new Set<string>();
  for (const { id } of items) {
    if (seen.has(id))
      throw new FailwellError('config', `Two ${what}s are called '${id}': give one of them another id.`);
    seen.add(id);
  }
  return items;
}

/** What to plan: a selection whose suite goes by its name. */
export interface PlanSettings {
  readonly folder: string;
  readonly config?: string;
  readonly selection: Omit<Selection, 'suite'> & { readonly suite?: string };
}

/** Plans a run without running it. */
export async function composePlan(settings: PlanSettings): Promise<Plan & { catalogue: Catalogue }> {
  const { suite, ...selection } = settings.selection;
  const filter = suiteFilter(suite);
  const catalogue = await loadCatalogue(settings.folder, settings.config);
  // What was named is wanted: if it cannot be started, that is an error. What was not is left out.
  const missing = selection.targets === undefined ? await missingHere(catalogue.targets) : new Map();
  const planned = plan({ ...catalogue, repertoire, missing }, { ...selection, ...(filter && { suite: filter }) });
  return { ...planned, catalogue };
}

/** The targets that cannot be started here at once, and why. */
async function missingHere(targets: readonly Target[]): Promise<ReadonlyMap<Target, string>> {
  const missing = new Map<Target, string>();
  for (const target of targets) {
    const why = (await target.driver.lacks?.()) ?? (needsBrowser(target) ? lacksBrowser() : undefined);
    if (why !== undefined) missing.set(target, why);
  }
  return missing;
}

/** The choice of a suite. Throws `usage` for a suite that there is none of. */
export function suiteFilter(id: string | undefined): ((scenario: Scenario) => boolean) | undefined {
  if (id === undefined) return undefined;
  const suite = suites.find((one) => one.id === id);
  if (suite !== undefined) return suite.includes;
  const ids = suites.map((one) => one.id);
  throw new FailwellError('usage', `There is no suite '${id}': ${meant(id, ids)}`);
}
