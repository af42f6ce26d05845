import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join, relative } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** Runs a command as a user's shell would, on this Node and without the network. Never rejects. */
export function execute(
  folder: string,
  command: string,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const { HOME, TMPDIR } = process.env;
  const env = {
    ...(HOME && { HOME }),
    ...(TMPDIR && { TMPDIR }),
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    NO_COLOR: '1',
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  };
  return new Promise((resolve) => {
    execFile(command, args, { cwd: folder, env, maxBuffer: 100_000_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    );
  });
}

/** Packs a copy of this checkout, so that nothing is built in the checkout itself. Resolves to the tarball. */
export async function pack(folder: string): Promise<string> {
  const copy = join(folder, 'checkout');
  const left = new Set(['node_modules', '.git', 'dist', 'templates', 'test', 'failwell-report']);
  await cp(root, copy, { recursive: true, filter: (file) => !left.has(relative(root, file)) });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  const { code, stdout, stderr } = await execute(copy, 'npm', 'pack', '--silent', '--pack-destination', folder);
  if (code !== 0) throw new Error(`npm pack ended with ${code}:\n${stdout}${stderr}`);
  return join(folder, basename(stdout.trim().split('\n').at(-1) as string));
}

/**
 * Makes a project that has installed the tarball, by npm itself. What the tarball depends on comes from this checkout
 * as links, so that no network is needed; what it does not declare is not there.
 */
export async function install(folder: string, tarball: string): Promise<void> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: { readonly [path: string]: { readonly dev?: true; readonly devOptional?: true } };
  };
  const shipped = Object.entries(lock.packages)
    .filter(([path, { dev, devOptional }]) => /^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(path) && !dev && !devOptional)
    .map(([path]) => path.replace('node_modules/', ''));
  const links = shipped.map((name) => [name, `file:${join(root, 'node_modules', name)}`]);
  await mkdir(folder);
  await manifest(folder, { dependencies: { ...Object.fromEntries(links), failwell: `file:${tarball}` } });
  const { code, stderr } = await execute(folder, 'npm', 'install', '--ignore-scripts', '--no-audit');
  if (code !== 0) throw new Error(`npm install ended with ${code}:\n${stderr}`);
}

/**
 * Makes another project of an installed one.
 * @param more packages of this checkout that it has as well
 */
export async function another(
  folder: string,
  installed: string,
  { type = 'module', more = [] }: { readonly type?: string; readonly more?: readonly string[] } = {},
): Promise<void> {
  await cp(installed, folder, { recursive: true, verbatimSymlinks: true });
  await manifest(folder, { type, dependencies: Object.fromEntries(['failwell', ...more].map((name) => [name, '*'])) });
  for (const name of more) {
    const there = join(folder, 'node_modules', name);
    await mkdir(dirname(there), { recursive: true });
    // Another package may have brought it.
    await rm(there, { recursive: true, force: true });
    await symlink(join(root, 'node_modules', name), there);
  }
}

function manifest(folder: string, members: object): Promise<void> {
  return writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'mine', private: true, ...members }));
}
