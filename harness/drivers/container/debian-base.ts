import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { FailwellError } from '../../model/error.ts';
import type { Say } from './build.ts';
import { type Engine, engineTrouble } from './engine.ts';
import { progress } from './progress.ts';

/** The official image of Debian 12 without documentation, on which the packs stand. */
export const debianBase = 'debian:bookworm-slim';

const suites = ['debian bookworm', 'debian bookworm-updates', 'debian-security bookworm-security'];
const archive = 'http://deb.debian.org';

/** As in the official image: nothing that apt can make again is kept. */
const aptSettings = 'Dir::Cache::pkgcache "";\nDir::Cache::srcpkgcache "";\nAcquire::Languages "none";\n';

/** What the official image leaves out as well, and what only installing needed. */
const trimmed = [
  './var/cache/apt/*',
  './var/lib/apt/lists/*',
  ...['doc', 'man', 'info', 'locale', 'lintian'].map((name) => `./usr/share/${name}/*`),
];

/**
 * Makes Debian's base image from its archive, where no registry can be reached: debootstrap(8), then an import. It must
 * be run as root, by debootstrap's own rule.
 */
export async function makeDebianBase(engine: Engine, say: Say, signal: AbortSignal): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'failwell-base-'));
  const root = join(folder, 'root');
  try {
    say(`${debianBase}: debootstrap, some 40 s`);
    await run('debootstrap', ['--variant=minbase', 'bookworm', root, `${archive}/debian`], signal);
    const sources = suites.map((suite) => `deb ${archive}/${suite} main\n`).join('');
    await writeFile(join(root, 'etc/apt/sources.list'), sources);
    await writeFile(join(root, 'etc/apt/apt.conf.d/no-caches'), aptSettings);
    const file = join(folder, 'root.tar');
    await run('tar', ['-C', root, '-cf', file, ...trimmed.map((path) => `--exclude=${path}`), '.'], signal);
    say(`${debianBase}: importing`);
    const [repo, tag] = debianBase.split(':');
    const imported = await engine.docker.importImage(file, { repo, tag, changes: 'CMD ["bash"]' });
    await progress(imported, signal, () => {});
  } catch (error) {
    signal.throwIfAborted();
    throw engineTrouble(error, `The image ${debianBase} could not be made`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a command to its end. Rejects with a sentence when it is missing or fails. */
async function run(command: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  const advice = `allow this machine to pull ${debianBase}, or install debootstrap and run 'failwell images' as root`;
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], signal });
  const [printed, warned] = [text(child.stdout), text(child.stderr)];
  const [code] = (await once(child, 'close').catch((cause: NodeJS.ErrnoException) => {
    signal.throwIfAborted();
    throw new FailwellError('target-not-ready', `${command} could not be run (${cause.code}): ${advice}.`, { cause });
  })) as [number | null];
  if (code === 0) return;
  const last = `${await printed}${await warned}`.trim().split('\n').at(-1);
  throw new FailwellError('target-not-ready', `${command} failed ('${last}'): ${advice}.`);
}
