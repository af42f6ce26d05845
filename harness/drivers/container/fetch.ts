import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { FailwellError } from '../../model/error.ts';
import type { Say } from './build.ts';

/** Where a Dockerfile finds what was fetched: `COPY fetched/… …`. */
const place = 'fetched';

/** The files by which a pack names what it takes from a language's registry, and the client that gets it from there. */
const clients: { readonly [file: string]: { readonly needs: readonly string[]; readonly command: readonly string[] } } =
  {
    'package-lock.json': {
      needs: ['package.json'],
      command: ['npm', 'ci', '--omit=dev', '--no-audit', '--no-fund'],
    },
    'pom.xml': {
      needs: [],
      command: [
        'mvn',
        '--batch-mode',
        '--quiet',
        'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies',
        '-DoutputDirectory=.',
        '-Dmdep.stripVersion=true',
      ],
    },
  };

/** What an image is built from. */
export interface Context extends AsyncDisposable {
  readonly folder: string;
  /** Files and folders in it. */
  readonly entries: readonly string[];
}

/**
 * The context of a pack's build: its files and, below `fetched`, what they name in the registries of languages. It is
 * fetched on this machine, by the registries' own clients, since a build may reach no registry (one behind a proxy with
 * an authority of its own does not).
 */
export async function fetched(
  folder: string,
  files: readonly string[],
  say: Say,
  signal: AbortSignal,
): Promise<Context> {
  const wanted = Object.entries(clients).filter(([file]) => files.includes(file));
  if (wanted.length === 0) return { folder, entries: files, async [Symbol.asyncDispose]() {} };
  const context = await mkdtemp(join(tmpdir(), 'failwell-build-'));
  // What a client started may still be writing when it is interrupted.
  const remove = () => rm(context, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  try {
    for (const file of files) await copied(join(folder, file), join(context, file));
    for (const [file, { needs, command }] of wanted) {
      for (const each of [file, ...needs]) await copied(join(folder, each), join(context, place, each));
      say(`${command[0]}: getting what ${join(folder, file)} names`);
      await run(command, join(context, place), signal);
    }
    return { folder: context, entries: [...files, place], [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function copied(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}

/** Runs a registry's client to its end. Rejects with a sentence when it is missing or fails. */
async function run([command = '', ...args]: readonly string[], cwd: string, signal: AbortSignal): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], signal });
  const [printed, warned] = [text(child.stdout), text(child.stderr)];
  const [code] = (await once(child, 'close').catch((cause: NodeJS.ErrnoException) => {
    signal.throwIfAborted();
    const why = cause.code === 'ENOENT' ? 'was not found' : `could not be run (${cause.code})`;
    throw new FailwellError(
      'target-not-ready',
      `${command} ${why}, and gets what this image is built from: install it.`,
    );
  })) as [number | null];
  if (code === 0) return;
  const said = `${await printed}\n${await warned}`.split('\n').filter((line) => /error/i.test(line));
  throw new FailwellError(
    'target-not-ready',
    `${command} could not get what this image is built from ('${said[0]?.trim().slice(0, 300) ?? `code ${code}`}'): see that it reaches its registry, and try again.`,
  );
}
