import { resolve } from 'node:path';
import { createReporters, type ReporterOptions } from '../reports/create.ts';
import { type Catalogue, composePlan, type PlanSettings } from './catalogue.ts';
import { createLexicon, type Lexicon } from './judge/lexicon/lexicon.ts';
import { FailwellError } from './model/error.ts';
import type { Reporter, RunEvent } from './model/event.ts';
import type { Exchange } from './model/exchange.ts';
import type { Role } from './model/parties.ts';
import type { Hold, OpenStage } from './model/stage.ts';
import type { Target } from './model/target.ts';
import { seeded, shuffled } from './random.ts';
import { schemaVersion } from './record/version.ts';
import { scenarioCard, targetCard } from './run/cards.ts';
import { mustRunSomething, type Pair, type Plan } from './run/plan.ts';
import { run } from './run/run.ts';
import { chainCast } from './stage/chain/cast.ts';
import { clientCast } from './stage/client/cast.ts';
import { describe } from './stage/describe.ts';
import { gatewayCast } from './stage/gateway/cast.ts';
import { idpCast } from './stage/idp/cast.ts';
import { stagesOf } from './stage/stage.ts';
import { createSurroundings, type Surroundings } from './stage/surroundings.ts';
import { version } from './version.ts';

/** Where text goes and what it may look like. */
export type Terminal = Omit<ReporterOptions, 'folder' | 'har' | 'withSecrets'>;

/** What to run and how; every member has a default. */
export interface RunSettings extends PlanSettings {
  readonly seed: number;
  readonly pool?: number;
  readonly shuffle?: boolean;
  readonly bail?: boolean;
  readonly allowInconclusive?: boolean;
  readonly exitZero?: boolean;
  /** Holds the one scenario of the run while it is broken. */
  readonly hold?: Hold;
  readonly reporters?: readonly string[];
  readonly out?: string;
  /** Where the reporter `har` writes; `har` in the folder of the reports when absent. */
  readonly har?: string;
  /** HAR files hold the secrets of the run: for whoever must see them, and never in the record. */
  readonly unsafeKeepSecrets?: boolean;
  readonly signal: AbortSignal;
  readonly terminal: Terminal;
}

/** Opens stages for any role; one CA serves them all. */
export function stagesFor(surroundings: Surroundings, seed: number): OpenStage {
  const bySeed = (path: string) => seeded(seed, path);
  const stages: { readonly [R in Role]: OpenStage } = {
    gateway: stagesOf(gatewayCast, surroundings, bySeed),
    idp: stagesOf(idpCast, surroundings, bySeed),
    client: stagesOf(clientCast, surroundings, bySeed),
    chain: stagesOf(chainCast, surroundings, bySeed),
  };
  return (options) => stages[options.target.role](options);
}

/** The lexicon for a target: the built-in words, the project's and the target's own. */
export function lexiconsFor(project: Pick<Catalogue['project'], 'words'>): (target: Target) => Lexicon {
  const made = new Map<string, Lexicon>();
  return (target) => {
    const lexicon = made.get(target.id) ?? createLexicon([...project.words, ...(target.words ? [target.words] : [])]);
    made.set(target.id, lexicon);
    return lexicon;
  };
}

/** Runs what was asked for and reports it. Resolves to the exit code. */
export async function composeRun(settings: RunSettings): Promise<number> {
  const { catalogue, ...planned } = await composePlan(settings);
  mustRunSomething(planned);
  const { project } = catalogue;
  const folder = resolve(settings.folder, settings.out ?? project.config.out ?? 'failwell-report');
  const names = settings.reporters ?? ['console', 'ndjson', 'junit', 'html'];
  const har = settings.har === undefined ? undefined : resolve(settings.folder, settings.har);
  const kept = settings.unsafeKeepSecrets ? new WeakMap<Exchange, Exchange>() : undefined;
  const reporters = createReporters(names, {
    folder,
    ...settings.terminal,
    ...(har !== undefined && { har }),
    ...(kept && { withSecrets: (exchange: Exchange) => kept.get(exchange) ?? exchange }),
  });
  const { seed, hold } = settings;
  if (hold !== undefined && planned.pairs.length !== 1) {
    throw new FailwellError(
      'usage',
      `Only one scenario on one target can be held, and this would run ${planned.pairs.length}: name one of each with --scenario and --target.`,
    );
  }
  const replay = (scenario: string, target: string) =>
    replayCommand({ seed, config: settings.config, selection: { targets: [target], scenarios: [scenario] } });
  const pairs = settings.shuffle ? shuffled(planned.pairs, seeded(seed, 'order')) : planned.pairs;
  const bus = eventBus(reporters);
  try {
    sayWhatIsMissing(planned, settings.terminal);
    const images = await prepare(planned.pairs, settings);
    await using surroundings = await createSurroundings(
      project.config.hosts,
      kept && ((redacted, withSecrets) => void kept.set(redacted, withSecrets)),
    );
    bus.emit({
      type: 'run-started',
      schema: schemaVersion,
      failwell: version(),
      node: process.version,
      seed,
      at: new Date().toISOString(),
      replay: replayCommand({ config: undefined, ...settings }),
      scenarios: planned.scenarios
        .filter(({ role }) => planned.targets.some((target) => target.role === role))
        .map((scenario) => scenarioCard(scenario, describe)),
      targets: planned.targets.map((target) => targetCard(target, images.get(target))),
      planned: planned.pairs.length + planned.notApplicable.length,
    });
    return await run({
      plan: planned,
      pairs,
      openStage: stagesFor(surroundings, seed),
      lexiconOf: lexiconsFor(project),
      pool: settings.pool ?? project.config.pool ?? 4,
      bail: settings.bail ?? false,
      allowInconclusive: settings.allowInconclusive ?? false,
      exitZero: settings.exitZero ?? false,
      replay,
      emit: bus.emit,
      hold,
      signal: settings.signal,
    });
  } finally {
    await bus.close();
  }
}

/** Says once for each reason which targets are left out because they cannot be started here. */
function sayWhatIsMissing({ targets, missing }: Plan, { stderr }: Terminal) {
  const left = targets.filter((target) => missing.has(target));
  for (const [why, alike] of Map.groupBy(left, (target) => missing.get(target)!)) {
    stderr.write(`Left out: ${alike.map(({ id }) => id).join(', ')}. ${why}.\n`);
  }
}

/** Gets what the targets need and may take longer to get than a start: their images. */
async function prepare(
  pairs: readonly Pair[],
  { terminal, signal }: Pick<RunSettings, 'terminal' | 'signal'>,
): Promise<ReadonlyMap<Target, string>> {
  const say = (line: string) => void terminal.stderr.write(`${line}\n`);
  const images = new Map<Target, string>();
  for (const target of new Set(pairs.map(({ target }) => target))) {
    if (signal.aborted) break;
    // What it cannot get, its start says; the others run.
    const image = await target.driver.prepare?.(say, signal).catch(() => undefined);
    if (image !== undefined) images.set(target, image);
  }
  return images;
}

/** Hands events to reporters in order; one that fails is an error of the harness, once the run is over. */
function eventBus(reporters: readonly Reporter[]) {
  const pending = new Set<Promise<void>>();
  const failures: unknown[] = [];
  return {
    emit(event: RunEvent) {
      for (const reporter of reporters) {
        try {
          const result = reporter.on(event);
          if (result === undefined) continue;
          const settled: Promise<void> = result
            .catch((error: unknown) => void failures.push(error))
            .finally(() => pending.delete(settled));
          pending.add(settled);
        } catch (error) {
          failures.push(error);
        }
      }
    },
    async close() {
      await Promise.all(pending);
      for (const reporter of reporters)
        try {
          await reporter[Symbol.asyncDispose]();
        } catch (error) {
          failures.push(error);
        }
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** The command that runs the same again. */
function replayCommand(settings: {
  readonly selection: RunSettings['selection'];
  readonly seed: number;
  readonly config: string | undefined;
  readonly shuffle?: boolean | undefined;
}): string {
  const { selection, seed, config, shuffle } = settings;
  const each = (flag: string, values: readonly string[] | undefined) =>
    (values ?? []).map((value) => `--${flag} '${value}'`);
  return [
    'npx failwell run',
    ...(config === undefined ? [] : [`--config '${config}'`]),
    ...(selection.suite === undefined ? [] : [`--suite ${selection.suite}`]),
    ...each('target', selection.targets),
    ...each('scenario', selection.scenarios),
    ...each('cause', selection.causes),
    ...(selection.shard === undefined ? [] : [`--shard ${selection.shard.index}/${selection.shard.of}`]),
    ...(shuffle ? ['--shuffle'] : []),
    `--seed ${seed}`,
  ].join(' ');
}
