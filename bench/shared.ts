import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { lexiconsFor } from '../harness/compose.ts';
import type { RunEvent } from '../harness/model/event.ts';
import { schemaVersion } from '../harness/record/version.ts';
import { scenarioCard, targetCard } from '../harness/run/cards.ts';
import { type Plan, plan } from '../harness/run/plan.ts';
import { run } from '../harness/run/run.ts';
import { describe } from '../harness/stage/describe.ts';
import { createSurroundings } from '../harness/stage/surroundings.ts';
import { createReporters } from '../reports/create.ts';
import { scenarios } from '../scenarios/index.ts';
import reference from '../targets/reference/gateway/target.ts';
import { type Figure, median } from './figures.ts';
import { collecting, type SentRequest, startInstances } from './instances.ts';

const pool = 4;
/** Correlation of a step, and the status that came. */
type Statuses = ReadonlyMap<string, number | undefined>;

/**
 * The `shared` gateway scenarios on four instances of the reference gateway, against the very same requests sent to
 * the same instances by bare undici: over kept-alive TLS, one at a time to each instance, four at once. Failwell's
 * share has everything that `failwell run` does once its instances are up: tokens are minted, histories recorded and
 * redacted, logs drained, verdicts judged, and the record, console, JUnit and HTML reports written. Both run in this
 * process, as do the instances, the IdP and the API, and take turns.
 * @throws when a replayed request comes to another status than Failwell saw, since the work would not be the same
 */
export async function measureShared(rounds: number): Promise<Figure[]> {
  await using surroundings = await createSurroundings();
  const planned = plan(
    { scenarios: scenarios.filter(({ isolation }) => isolation === 'shared'), targets: [reference] },
    {},
  );
  const { signal } = new AbortController();
  await using instances = await startInstances(reference, pool, surroundings, signal);
  const agent = new Agent({ connect: { ca: surroundings.ca.pem }, connections: 1 });
  const folder = await mkdtemp(join(tmpdir(), 'failwell-bench-'));
  const harness: Spent[] = [];
  const bare: Spent[] = [];
  let requests = 0;
  try {
    // The first two rounds warm both sides up.
    for (let round = -2; round < rounds; round += 1) {
      const statuses = new Map<string, number | undefined>();
      let spent: Spent | undefined;
      const sent = await collecting(instances.urls, async () => {
        spent = await timed(() => runOnce(planned, instances.lend, join(folder, String(round)), statuses));
      });
      const replayed = await timed(() => replay(sent, statuses, agent));
      if (round < 0 || spent === undefined) continue;
      harness.push(spent);
      bare.push(replayed);
      requests = sent.length;
    }
  } finally {
    await agent.close();
    await rm(folder, { recursive: true, force: true });
  }
  const wall = (spent: readonly Spent[]) => median(spent.map(({ wall }) => wall));
  const cpu = (spent: readonly Spent[]) => median(spent.map(({ cpu }) => cpu));
  const count = `${planned.pairs.length} scenarios, ${requests} requests, median of ${rounds} rounds`;
  return [
    { name: 'shared scenarios, pool of 4', value: wall(harness), unit: 'ms', note: count },
    { name: 'the same requests, bare undici', value: wall(bare), unit: 'ms' },
    { name: 'ratio', value: wall(harness) / wall(bare), unit: '×', limit: 3 },
    { name: 'ratio of processor time', value: cpu(harness) / cpu(bare), unit: '×' },
  ];
}

/** Milliseconds on the wall and of processor time. */
interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

async function timed(work: () => Promise<void>): Promise<Spent> {
  const before = process.cpuUsage();
  const began = performance.now();
  await work();
  const wall = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1000 };
}

async function runOnce(
  planned: Plan,
  openStage: Parameters<typeof run>[0]['openStage'],
  folder: string,
  statuses: Map<string, number | undefined>,
): Promise<void> {
  const nowhere = { write: () => true };
  const terminal = { stdout: nowhere, stderr: nowhere, colour: false, live: false };
  const reporters = createReporters(['console', 'ndjson', 'junit', 'html'], { folder, ...terminal });
  const troubles = new Set<string>();
  const emit = (event: RunEvent) => {
    for (const reporter of reporters) void reporter.on(event);
    if (event.type === 'harness-error') troubles.add(event.message);
    if (event.type !== 'entry' || event.entry.kind !== 'exchange' || event.entry.link !== 'caller→gateway') return;
    const { correlation = '', response } = event.entry.exchange;
    statuses.set(correlation, response?.status);
  };
  emit({
    type: 'run-started',
    schema: schemaVersion,
    failwell: 'bench',
    node: process.version,
    seed: 1,
    at: new Date().toISOString(),
    replay: 'npm run bench',
    scenarios: planned.scenarios.map((scenario) => scenarioCard(scenario, describe)),
    targets: planned.targets.map(targetCard),
    planned: planned.pairs.length,
  });
  const exit = await run({
    plan: planned,
    openStage,
    lexiconOf: lexiconsFor({ words: [] }),
    pool,
    bail: false,
    allowInconclusive: false,
    exitZero: false,
    replay: (scenario, target) => `npx failwell run --target '${target}' --scenario '${scenario}' --seed 1`,
    emit,
    signal: new AbortController().signal,
  });
  for (const reporter of reporters) await reporter[Symbol.asyncDispose]();
  if (exit === 0) return;
  const why = troubles.size > 0 ? [...troubles].join('; ') : `exit code ${exit}`;
  throw new Error(`the reference gateway does not pass, so there is nothing to compare: ${why}`);
}

/** Sends to each origin its requests one after another, and to all origins at once. */
async function replay(sent: readonly SentRequest[], statuses: Statuses, agent: Agent): Promise<void> {
  const queues = Map.groupBy(sent, ({ origin }) => origin);
  await Promise.all([...queues.values()].map((queue) => sendAll(queue, statuses, agent)));
}

async function sendAll(queue: readonly SentRequest[], statuses: Statuses, agent: Agent): Promise<void> {
  for (const { origin, method, path, headers, body } of queue) {
    const answer = await agent.request({ origin, method, path, headers: [...headers], body });
    await answer.body.arrayBuffer();
    const expected = statuses.get(/fw-[0-9a-f]+/.exec(path)?.[0] ?? '');
    if (answer.statusCode === expected) continue;
    throw new Error(`${method} ${path} came to ${answer.statusCode} when replayed, and to ${expected} in the run`);
  }
}
