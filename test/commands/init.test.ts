import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { execute, root } from '../package/install.ts';

async function folderWith(manifest: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'failwell-init-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

const init = (folder: string, ...args: readonly string[]) =>
  execute(folder, process.execPath, join(root, 'bin/failwell.cjs'), 'init', ...args);

test('a config and a target are written for the framework found, and what is missing is said', async () => {
  const folder = await folderWith({ type: 'module', dependencies: { '@fastify/jwt': '10', fastify: '5' } });
  const { code, stdout } = await init(folder);
  expect(code).toBe(0);
  expect(stdout).toContain('wrote failwell.config.ts\n');
  expect(stdout).toContain('npm install --save-dev failwell get-jwks\n');
  const target = await readFile(join(folder, 'failwell/fastify-jwt/target.ts'), 'utf8');
  expect(target).toContain("import { defineTarget } from 'failwell';");
  expect(target).toContain("id: 'mine/fastify-jwt'");
});

test('where .ts files are CommonJS, .mts files are written, and they import each other', async () => {
  const folder = await folderWith({ type: 'commonjs', dependencies: { hono: '4' } });
  expect((await init(folder)).code).toBe(0);
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('ts'));
  expect(files.filter((file) => !file.endsWith('.mts'))).toEqual([]);
  for (const file of files) expect(await readFile(join(folder, file), 'utf8'), file).not.toMatch(/[^m]\bts'/);
  expect(await readFile(join(folder, 'failwell.config.mts'), 'utf8')).toContain("'failwell/hono/target.mts'");
});

test('nothing is overwritten', async () => {
  const folder = await folderWith({ type: 'module' });
  await writeFile(join(folder, 'failwell.config.ts'), 'mine');
  const { code, stderr } = await init(folder, '--framework', 'hono');
  expect(code).toBe(2);
  expect(stderr).toContain('failwell.config.ts is there already and nothing was written');
  expect(await readFile(join(folder, 'failwell.config.ts'), 'utf8')).toBe('mine');
  expect(await readdir(folder)).toEqual(['failwell.config.ts', 'package.json']);
});

test('without a framework that it knows it names those that it knows', async () => {
  const folder = await folderWith({ dependencies: { restify: '11' } });
  const none = await init(folder);
  expect(none.code).toBe(2);
  expect(none.stderr).toContain('name one with --framework (express-oauth2-jwt-bearer, express-jwt,');
  const unknown = await init(folder, '--framework', 'restify');
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toContain("There is no template 'restify'");
});
