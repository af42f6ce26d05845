import { childProcess } from '../../../harness/drivers/process.ts';
import type { Driver, Instance, Place } from '../../../harness/model/target.ts';

/**
 * A reference in a process of its own, for what is done to processes.
 * @param folder of the reference: its `process.ts` reads its wiring as JSON in WIRING
 * @param module runs before it
 * @param tls it serves TLS, which a driver of processes cannot know
 */
export function ownProcess<W extends Place>(
  folder: string,
  module: string,
  { tls }: { readonly tls: boolean },
): Driver<W> {
  const main = new URL(`../${folder}/process${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
  const driver = childProcess<W>({
    command: process.execPath,
    args: ['--input-type=module', '-e', `${module};\nawait import(${JSON.stringify(main.href)});`],
    env: ({ names: _, clock: __, ...wiring }) => ({ WIRING: JSON.stringify(wiring) }),
  });
  return tls ? { ...driver, start: async (wiring, io) => secure(await driver.start(wiring, io)) } : driver;
}

function secure(instance: Instance): Instance {
  return {
    ...instance,
    url: instance.url.replace('http:', 'https:'),
    ...(instance.restart && { restart: async () => secure(await instance.restart!()) }),
  };
}

/** What stands in WIRING: all but what cannot leave the harness's process. */
export function ownWiring<W extends Place>(): W {
  const wiring = JSON.parse(process.env.WIRING ?? '{}') as Omit<W, 'clock'>;
  return { ...wiring, clock: { now: () => Date.now() } } as W;
}

/** Prints what it is given, and allows the start as long as a start may take. */
export const ownIo = () => ({
  log: (stream: string, line: string) =>
    void (stream === 'stderr' ? process.stderr : process.stdout).write(`${line}\n`),
  signal: AbortSignal.timeout(10_000),
});

/** Flaws of a process, as modules that run first. */
export const leavesLock = `
  import { rmSync, writeFileSync } from 'node:fs';
  const { ca, port } = JSON.parse(process.env.WIRING);
  const lock = ca.file + '.' + port + '.lock';
  writeFileSync(lock, String(process.pid), { flag: 'wx' });
  process.on('SIGTERM', () => { rmSync(lock); process.exit(0); })`;

export const endsAfterFreeze = `
  process.on('SIGCONT', () => {
    console.error('level=fatal cause="no time to run for too long"');
    process.exit(1);
  })`;
