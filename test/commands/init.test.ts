import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startIdp } from '../../harness/idp.ts';
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

const known = [
  ['openid-client', 'openid-client', 'client'],
  ['passport-openidconnect', 'passport-openidconnect', 'server'],
  ['@azure/msal-node', 'msal-node', 'client'],
  ['google-auth-library', 'google-auth-library', 'client'],
  ['simple-oauth2', 'simple-oauth2', 'client'],
  ['oidc-provider', 'oidc-provider', 'server'],
  ['@node-oauth/oauth2-server', 'node-oauth2-server', 'server'],
] as const;

test.each(known)('%s is found, and a target is written with all that it imports', async (name, template, program) => {
  const folder = await folderWith({ type: 'module', dependencies: { [name]: '1' } });
  const { code, stdout, stderr } = await init(folder);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`Make failwell/${template}/${program}.ts set up your `);
  const files = await readdir(join(folder, 'failwell'), { recursive: true });
  for (const file of files.filter((one) => one.endsWith('.ts'))) {
    const text = await readFile(join(folder, 'failwell', file), 'utf8');
    expect(text, file).not.toContain('harness/');
    for (const [, to] of text.matchAll(/ from '(\.[^']+)'/g))
      expect(files, `${file} imports ${to}`).toContain(posix.join(posix.dirname(file), to!));
  }
});

test('of a project with a client and a gateway, --role chooses, and what else is there is said', async () => {
  const dependencies = { 'openid-client': '6', 'express-jwt': '8' };
  const one = await folderWith({ type: 'module', dependencies });
  expect((await init(one)).stdout).toMatch(/your gateway as yours is[\s\S]*Also found: openid-client\./);
  const other = await folderWith({ type: 'module', dependencies });
  expect((await init(other, '--role', 'client')).stdout).toContain(
    'failwell/openid-client/client.ts set up your client',
  );
  const none = await init(await folderWith({ dependencies }), '--role', 'idp');
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('(oidc-provider, node-oauth2-server)') });
});

test('for an IdP that runs, a target with what its discovery document says that it can do', async () => {
  await using idp = await startIdp({});
  const folder = await folderWith({ type: 'module' });
  const { code, stdout } = await init(folder, '--issuer', idp.issuer);
  expect(code).toBe(0);
  expect(stdout).toMatch(/Read its discovery document: it can do authorization-code, .*revocation/);
  const config = await readFile(join(folder, 'failwell.config.ts'), 'utf8');
  expect(config).toContain("hosts: ['localhost']");
  const target = await readFile(join(folder, 'failwell/idp/target.ts'), 'utf8');
  expect(target).toContain(`driver: remote({ url: '${idp.issuer}' })`);
  const away = await init(await folderWith({}), '--issuer', 'http://127.0.0.1:9');
  expect(away).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('has no discovery document that could be read'),
  });
  expect((await init(await folderWith({}), '--issuer', 'idp.example')).stderr).toContain("'idp.example' is no URL");
});
