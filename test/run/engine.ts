import { lexiconsFor, stagesFor } from '../../harness/compose.ts';
import type { RunEvent } from '../../harness/model/event.ts';
import type { Scenario } from '../../harness/model/scenario.ts';
import type { OpenStage } from '../../harness/model/stage.ts';
import type { Target } from '../../harness/model/target.ts';
import type { Verdict } from '../../harness/model/verdict.ts';
import { seeded, shuffled } from '../../harness/random.ts';
import { plan } from '../../harness/run/plan.ts';
import { run } from '../../harness/run/run.ts';
import { createSurroundings } from '../../harness/stage/surroundings.ts';
import { scenarios } from '../../scenarios/index.ts';
import { suites } from '../../suites/index.ts';

export type Of<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

export const quick = scenarios.filter(suites.find(({ id }) => id === 'quick')!.includes);

/** What a run came to. */
export interface Ran {
  readonly exit: number;
  readonly events: readonly RunEvent[];
  of<T extends RunEvent['type']>(type: T): readonly Of<T>[];
  /** Verdicts by target and scenario. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
}

/** Runs scenarios on targets in this process, with real stages. */
export async function runOn(
  targets: readonly Target[],
  chosen: readonly Scenario[],
  options: {
    readonly pool?: number;
    readonly seed?: number;
    /** Decides the order; the plan's own when absent. */
    readonly shuffle?: number;
    readonly bail?: boolean;
    readonly signal?: AbortSignal;
    readonly onEvent?: (event: RunEvent) => void;
    readonly around?: (open: OpenStage) => OpenStage;
  } = {},
): Promise<Ran> {
  await using surroundings = await createSurroundings();
  const planned = plan({ scenarios: chosen, targets }, {});
  const events: RunEvent[] = [];
  const { shuffle, around = (open) => open } = options;
  const exit = await run({
    plan: planned,
    ...(shuffle !== undefined && { pairs: shuffled(planned.pairs, seeded(shuffle, 'order')) }),
    openStage: around(stagesFor(surroundings, options.seed ?? 1)),
    lexiconOf: lexiconsFor({ words: [] }),
    pool: options.pool ?? 4,
    bail: options.bail ?? false,
    allowInconclusive: false,
    exitZero: false,
    replay: () => '',
    emit(event) {
      events.push(event);
      options.onEvent?.(event);
    },
    signal: options.signal ?? new AbortController().signal,
  });
  const of = <T extends RunEvent['type']>(type: T) => events.filter((event): event is Of<T> => event.type === type);
  const verdicts = new Map(
    of('scenario-finished').map(({ target, scenario, verdict }) => [`${target} ${scenario}`, verdict]),
  );
  return { exit, events, of, verdicts };
}

/** Verdicts without what rightly differs from run to run: times, ports, ids, and where in the history it stands. */
export function essence({ verdicts }: Ran): { readonly [pair: string]: unknown } {
  const plain = (text: string) =>
    text
      .replace(/fw-[0-9a-f]{12}/g, 'fw')
      .replace(/sha256:[0-9a-f]+/g, 'digest')
      .replace(/\b([re]s256)-[0-9a-f]{16}\b/g, '$1')
      .replace(/\b[0-9a-f]{32}\b/g, 'random')
      .replace(/(127\.0\.0\.1|localhost|[a-z]+\.failwell\.test):\d+/gi, '$1:port')
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, 'time')
      .replace(/\b1[789]\d{8}(?:\.\d+)?\b/g, 'seconds')
      .replace(/\b\d+(?:\.\d+)? ?(ms|s)\b/g, 'some $1');
  const pairs = [...verdicts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.parse(
    JSON.stringify(Object.fromEntries(pairs), (key, value: unknown) => {
      if (key === 'evidence') return undefined;
      // Requests at the same time are logged in the order of chance.
      if (key === 'texts' && Array.isArray(value)) return value.map(String).map(plain).toSorted();
      return typeof value === 'string' ? plain(value) : value;
    }),
  );
}
