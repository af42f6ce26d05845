import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { lexiconsFor } from '../harness/compose.ts';
import type { RunEvent } from '../harness/model/event.ts';
import type { OpenStage } from '../harness/model/stage.ts';
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
const record = ['ndjson'];
const reports = ['console', 'ndjson', 'junit', 'html'];

/** The status that came, by the correlation of the step. */
type Statuses = Map<string, number | undefined>;

/**
 * The `shared` gateway scenarios on four instances of the reference gateway, against the very same requests sent to
 * the same instances by bare undici: over kept-alive TLS, one at a time to each instance, four at once. Failwell's
 * share has everything that `failwell run` does once its instances are up: tokens are minted, histories recorded and
 * redacted, logs drained, verdicts judged, and the run's record written; in every other round the three reports as
 * well. All of it runs in this process, as do the instances, the IdP and the API, and the two sides take turns.
 * @throws when a replayed request comes to another status than Failwell saw, since the work would not be the same
 */
export async function measureShared(rounds: number): Promise<Figure[]> {
  await using surroundings = await createSurroundings();
  const shared = scenarios.filter(({ isolation }) => isolation === 'shared');
  const planned = plan({ scenarios: shared, targets: [reference] }, {});
  await using instances = await startInstances(reference, pool, surroundings, new AbortController().signal);
  const agent = new Agent({ connect: { ca: surroundings.ca.pem }, connections: 1 });
  const folder = await mkdtemp(join(tmpdir(), 'failwell-bench-'));
  const recorded: Spent[] = [];
  const reported: Spent[] = [];
  const bare: Spent[] = [];
  let requests = 0;

  async function compare(reporters: readonly string[], out: string, spent: Spent[]): Promise<void> {
    const statuses: Statuses = new Map();
    const sent = await collecting(instances.urls, async () => {
      spent.push(await timed(() => runOnce(planned, instances.lend, reporters, out, statuses)));
    });
    bare.push(await timed(() => replay(sent, statuses, agent)));
    requests = sent.length;
  }

  try {
    for (let warming = 0; warming < 2; warming += 1) await compare(reports, join(folder, `w${warming}`), []);
    bare.length = 0;
    for (let round = 0; round < rounds; round += 1) {
      await compare(record, join(folder, `a${round}`), recorded);
      await compare(reports, join(folder, `b${round}`), reported);
    }
  } finally {
    await agent.close();
    await rm(folder, { recursive: true, force: true });
  }
  const what = `${planned.pairs.length} scenarios, ${requests} requests, pool of ${pool}, median of ${rounds}`;
  const line = (name: string, spent: readonly Spent[], note: string): Figure => ({
    name,
    value: wall(spent),
    unit: 'ms',
    note: `${cpu(spent).toFixed(0)} ms of processor time; ${note}`,
  });
  const times = (spent: readonly Spent[]) => ({
    name: '  times the bare requests',
    value: wall(spent) / wall(bare),
    unit: '×' as const,
    note: `${(cpu(spent) / cpu(bare)).toFixed(2)} × their processor time, one RSA signature a scenario included`,
  });
  return [
    line('the requests, bare undici', bare, what),
    line('shared scenarios, recorded', recorded, 'judged, and the record written'),
    { ...times(recorded), limit: 3 },
    line('shared scenarios, reported', reported, 'the same, and console, JUnit and HTML'),
    times(reported),
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

const wall = (spent: readonly Spent[]) => median(spent.map((one) => one.wall));
const cpu = (spent: readonly Spent[]) => median(spent.map((one) => one.cpu));

/** One run from its first event to its last report. Throws when the reference gateway does not pass everything. */
async function runOnce(
  planned: Plan,
  openStage: OpenStage,
  names: readonly string[],
  folder: string,
  statuses: Statuses,
): Promise<void> {
  const nowhere = { write: () => true };
  const reporters = createReporters(names, { folder, stdout: nowhere, stderr: nowhere, colour: false, live: false });
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
    targets: planned.targets.map((target) => targetCard(target)),
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
