import { execFile } from 'node:child_process';
import { setTimeout as after } from 'node:timers/promises';
import { promisify } from 'node:util';
import { lexiconsFor } from '../harness/compose.ts';
import { openEngine } from '../harness/drivers/container/engine.ts';
import { freePort } from '../harness/drivers/free-port.ts';
import { responds } from '../harness/drivers/probe.ts';
import type { Target } from '../harness/model/target.ts';
import { type Plan, plan } from '../harness/run/plan.ts';
import { run } from '../harness/run/run.ts';
import { createSurroundings, type Surroundings } from '../harness/stage/surroundings.ts';
import { scenarios } from '../scenarios/index.ts';
import container from '../targets/containers/haproxy/target.ts';
import childProcess from '../targets/node/express-oauth2-jwt-bearer/target.ts';
import { type Figure, median } from './figures.ts';
import { startInstances } from './instances.ts';

const exec = promisify(execFile);

/**
 * A stage with a target in a container, from nothing to its first control passed, against `docker run` of the same
 * target with the same configuration, until it answers; and a hundred `shared` scenarios on it, against the same on a
 * process. The image and the network of the run are there before anything is timed. `docker run` is the command line's,
 * with a published port and a network of its own, as anybody would start it beside others.
 */
export async function measureContainers(rounds: number): Promise<Figure[]> {
  try {
    await openEngine();
  } catch (error) {
    console.error(`Containers are not measured. ${(error as Error).message}`);
    return [];
  }
  await container.driver.prepare!(console.error, AbortSignal.timeout(600_000));
  await using surroundings = await createSurroundings();
  await using done = new AsyncDisposableStack();
  const image = done.adopt(await committed(surroundings), (id) => docker('rmi', '-f', id));
  const network = done.adopt(await ownNetwork(), (name) => docker('network', 'rm', name));
  const stage: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < Math.min(rounds, 8); round += 1) {
    bare.push(await timed(() => dockerRun(image, network)));
    stage.push(await openOnce(surroundings));
  }
  const shared = scenarios.filter(
    ({ isolation, needs, role }) =>
      role === 'gateway' &&
      isolation === 'shared' &&
      needs.every((need) => ['jwt', 'issuer', 'audience', 'scope', 'rs256'].includes(need)),
  );
  const hundred = shared.slice(0, 100);
  const contained = await suite(container, hundred, surroundings, rounds);
  const processed = await suite(childProcess, hundred, surroundings, rounds);
  const [opened, started] = [median(stage), median(bare)];
  return [
    { name: 'docker run, until HAProxy answers', value: started, unit: 'ms', note: `median of ${bare.length}` },
    {
      name: 'a stage in a container, until its control passed',
      value: opened,
      unit: 'ms',
      note: 'IdP, API and links made as well',
    },
    { name: '  times docker run', value: opened / started, unit: '×', note: 'warm image', limit: 1.3 },
    {
      name: `${hundred.length} shared scenarios on a process`,
      value: processed,
      unit: 'ms',
      note: 'express-oauth2-jwt-bearer, one instance',
    },
    {
      name: `${hundred.length} shared scenarios on a container`,
      value: contained,
      unit: 'ms',
      note: 'HAProxy, one instance',
    },
    { name: '  times a process', value: contained / processed, unit: '×', note: 'the same scenarios', limit: 2 },
  ];
}

async function timed(work: () => Promise<() => PromiseLike<unknown>>): Promise<number> {
  const began = performance.now();
  const undo = await work();
  const took = performance.now() - began;
  await undo();
  return took;
}

async function docker(...args: string[]): Promise<void> {
  await exec('docker', args);
}

/** The stage's container as an image: what the target reads lies in it, and it starts as it did there. */
async function committed(surroundings: Surroundings): Promise<string> {
  await using instances = await startInstances(container, 1, surroundings, new AbortController().signal);
  const { port } = new URL(instances.urls[0]!);
  const found = await exec('docker', ['ps', '-q', '--filter', `publish=${port}`]);
  const { stdout } = await exec('docker', ['commit', found.stdout.trim()]);
  return stdout.trim();
}

async function ownNetwork(): Promise<string> {
  const { stdout } = await exec('docker', ['network', 'create', `failwell-bench-${process.pid}`]);
  return stdout.trim();
}

/** Starts the image by the command line and waits until it answers. */
async function dockerRun(image: string, network: string): Promise<() => Promise<unknown>> {
  const port = await freePort('127.0.0.1');
  const host = ['--network', network, '--add-host', 'api.failwell.test:127.0.0.1'];
  const args = ['run', '-d', '-p', `127.0.0.1:${port}:8080`, ...host, image];
  const { stdout } = await exec('docker', args);
  const signal = AbortSignal.timeout(20_000);
  while (!(await responds(`http://127.0.0.1:${port}/`, signal))) await after(5, undefined, { signal });
  return () => exec('docker', ['rm', '-f', stdout.trim()]);
}

async function openOnce(surroundings: Surroundings): Promise<number> {
  return await timed(async () => {
    const instances = await startInstances(container, 1, surroundings, new AbortController().signal);
    return () => instances[Symbol.asyncDispose]();
  });
}

/** The median of what these scenarios take on one running instance. */
async function suite(
  target: Target,
  some: Plan['scenarios'],
  surroundings: Surroundings,
  rounds: number,
): Promise<number> {
  const planned = plan({ scenarios: some, targets: [target] }, {});
  await using instances = await startInstances(target, 1, surroundings, new AbortController().signal);
  const spent: number[] = [];
  for (let round = 0; round < Math.min(rounds, 8); round += 1) {
    const began = performance.now();
    await run({
      plan: planned,
      openStage: instances.lend,
      lexiconOf: lexiconsFor({ words: [] }),
      pool: 1,
      bail: false,
      allowInconclusive: true,
      exitZero: true,
      replay: () => '',
      emit: () => undefined,
      signal: new AbortController().signal,
    });
    spent.push(performance.now() - began);
  }
  return median(spent);
}
