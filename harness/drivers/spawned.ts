import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { deadlines } from '../model/deadlines.ts';
import { FailwellError } from '../model/error.ts';
import { watched } from './watchdog.ts';

/** A program and how it is run. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** Its environment, besides PATH, HOME and TMPDIR. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string | undefined;
  /** Default `SIGTERM`. */
  readonly stopSignal?: NodeJS.Signals | undefined;
}

/** A program that runs. */
export interface Spawned {
  readonly child: ChildProcess;
  /** Resolves in a few words when the process has ended, its group is gone and what it printed was read. */
  readonly exited: Promise<string>;
  /** Asks it to end, and ends its group when it does not. */
  stop(): Promise<void>;
  /** Ends its group at once. */
  kill(): Promise<void>;
  /** Stops its group where it is, with its connections open, until `unpause`. */
  pause(): void;
  unpause(): void;
}

/** Milliseconds from a process's end to that of its streams. */
const drain = 1_000;

/** What a program is called in a sentence. */
export const nameOf = ({ command, args }: Pick<Program, 'command' | 'args'>) =>
  [basename(command), ...args.map((arg) => basename(arg))].join(' ').slice(0, 100);

/**
 * Runs a program in a process group of its own, which ends with the harness process, even where that is killed. Its
 * environment is PATH, HOME, TMPDIR and what `env` says, and nothing else of the harness's. Rejects with a sentence when there is no such
 * command or folder.
 */
export async function spawned(program: Program, stdin: 'ignore' | 'pipe'): Promise<Spawned> {
  const { command, args, cwd, env, stopSignal = 'SIGTERM' } = program;
  const { PATH, HOME, TMPDIR } = process.env;
  const kept = Object.entries({ PATH, HOME, TMPDIR }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  if (cwd !== undefined && !existsSync(cwd)) {
    throw new FailwellError('target-not-ready', `The target's working folder '${cwd}' does not exist: correct 'cwd'.`);
  }
  const child = spawn(command, args, {
    detached: true,
    env: { ...Object.fromEntries(kept), ...env },
    stdio: [stdin, 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  const forget = child.pid === undefined ? () => {} : watched(child.pid);
  const exited = end(child, forget);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'ENOENT' ? 'was not found' : `cannot be run (${cause.code ?? cause.message})`;
      const advice = `install it, or correct 'command' in the target's file`;
      reject(new FailwellError('target-not-ready', `The target's command '${command}' ${why}: ${advice}.`, { cause }));
    });
  });
  running.add(child);
  return {
    child,
    exited,
    async stop() {
      const send = (signal: NodeJS.Signals) => running.has(child) && signalGroup(child, signal);
      send(stopSignal);
      // One that is frozen could not hear it.
      send('SIGCONT');
      const timer = setTimeout(send, deadlines.stop, 'SIGKILL');
      await exited;
      clearTimeout(timer);
    },
    async kill() {
      signalGroup(child, 'SIGKILL');
      await exited;
    },
    pause: () => signalGroup(child, 'SIGSTOP'),
    unpause: () => signalGroup(child, 'SIGCONT'),
  };
}

function end(child: ChildProcess, forget: () => void): Promise<string> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      // What it started may hold the streams open, and must not outlive it.
      signalGroup(child, 'SIGKILL');
      running.delete(child);
      forget();
      const timer = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, drain);
      child.once('close', () => {
        clearTimeout(timer);
        resolve(signal ? `killed by ${signal}` : `exited with code ${code}`);
      });
    });
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // ESRCH: the group is gone, which is what was wanted.
  }
}

/** Process groups that must not outlive the harness. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL');
});
