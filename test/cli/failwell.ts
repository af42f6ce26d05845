import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

const root = join(import.meta.dirname, '../..');
const bin = join(root, 'bin/failwell.cjs');

/** A folder with these files, for as long as the test runs. `ROOT` in a file stands for this checkout. */
export async function folderOf(files: { readonly [name: string]: string } = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'failwell-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text.replaceAll('ROOT', root));
  }
  return folder;
}

/** What a command came to. */
export interface Done {
  /** Exit code, or the signal that ended it. */
  readonly exit: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the command line as a user does, its output piped. */
export function start(
  args: readonly string[],
  options: {
    readonly folder: string;
    readonly env?: { readonly [name: string]: string };
    readonly stdin?: 'pipe';
  },
): { readonly child: ChildProcess; readonly said: { stdout: string; stderr: string }; readonly done: Promise<Done> } {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: options.folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...options.env },
    stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]!.setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  }
  const done = new Promise<Done>((resolve) => {
    child.once('close', (code, signal) => resolve({ exit: code ?? signal ?? '', ...said }));
  });
  return { child, said, done };
}

/** Runs a command to its end. */
export async function failwell(args: readonly string[], options: Parameters<typeof start>[1]): Promise<Done> {
  return await start(args, options).done;
}

/** Whether a process runs. One that was killed may wait a moment for its parent to notice. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc/self') || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** A config for the targets in `*.target.mts`. */
export const config = "export default { targets: ['*.target.mts'] };";

/** A file that exports the reference gateway under another name, and changed by this. */
export const like = (id: string, change = '') => `
import reference from 'ROOT/targets/reference/gateway/target.ts';
import { correct } from 'ROOT/targets/reference/gateway/parts.ts';
import { startGateway } from 'ROOT/targets/reference/gateway/server.ts';
import { childProcess } from 'ROOT/harness/drivers/process.ts';
export default { ...reference, id: '${id}', ${change} };
`;

/** Parts of the gateway that let it end at the first expired token. */
export const dies = `driver: { kind: 'in-process', start: (wiring, io) => startGateway(wiring, io, { ...correct,
  checkExpiry(claims, gateway) {
    try { correct.checkExpiry(claims, gateway); } catch (error) { gateway.end('killed by SIGSEGV'); throw error; }
  } }) }`;
