import { globSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startIdp } from '../../harness/idp.ts';
import type { RunEvent } from '../../harness/model/event.ts';
import { another, execute, install, pack, root } from './install.ts';

vi.setConfig({ testTimeout: 180_000 });

let folder: string;
let installed: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'failwell-package-'));
  installed = join(folder, 'installed');
  await install(installed, await pack(folder));
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The verdicts in the record of a run in a folder. */
async function verdicts(mine: string) {
  const text = await readFile(join(mine, 'failwell-report/run.ndjson'), 'utf8');
  const events = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent);
  return events.filter((event) => event.type === 'scenario-finished');
}

test('the package holds what runs, with declarations, and no sources, tests or real packages', async () => {
  const files = globSync('**/*.*', { cwd: join(installed, 'node_modules/failwell') });
  const parts = new Set(
    files.map((file) =>
      file
        .split('/')
        .slice(0, file.startsWith('dist/') ? 2 : 1)
        .join('/'),
    ),
  );
  expect([...parts].sort()).toEqual([
    'CHANGELOG.md',
    'README.md',
    'bin',
    'dist/harness',
    'dist/mocks',
    'dist/reports',
    'dist/scenarios',
    'dist/suites',
    'dist/targets',
    'docs',
    'package.json',
    'templates',
  ]);
  const shipped = files.filter((file) => !file.startsWith('templates/'));
  expect(shipped.filter((file) => /(?<!\.d)\.ts$|targets\/node|\.test\./.test(file))).toEqual([]);
  const scripts = shipped.filter((file) => /^dist\/.*\.js$/.test(file));
  expect(scripts.filter((file) => !shipped.includes(file.replace(/\.js$/, '.d.ts')))).toEqual([]);
  expect(scripts).toContain('dist/targets/mutants/skips-exp.js');
  expect(await readFile(join(installed, 'node_modules/failwell/LICENSE'), 'utf8')).toContain('Apache License');
});

test('in an empty folder, npx failwell run judges the reference and writes the reports', async () => {
  const mine = join(folder, 'empty');
  await another(mine, installed);
  const run = await execute(mine, 'npx', 'failwell', 'run', '--suite', 'quick', '-t', 'reference/gateway');
  expect(run.code, run.stdout + run.stderr).toBe(0);
  expect(run.stdout).toContain('reference/gateway');
  expect((await verdicts(mine)).length).toBeGreaterThan(45);
  for (const report of ['report.html', 'junit.xml']) {
    expect(await readFile(join(mine, 'failwell-report', report), 'utf8')).toContain('gateway/token-expired/by-10m');
  }
});

test.each(['module', 'commonjs'])('failwell init finds express-jwt in a %s project and run judges it', async (type) => {
  const mine = join(folder, `init-${type}`);
  await another(mine, installed, { type, more: ['express', 'express-jwt', 'jwks-rsa', 'morgan'] });
  const init = await execute(mine, 'npx', 'failwell', 'init');
  expect(init.code, init.stderr).toBe(0);
  const run = await execute(mine, 'npx', 'failwell', 'run', '-s', 'gateway/token-expired/by-10m', '--exit-zero');
  expect(run.code, run.stdout + run.stderr).toBe(0);
  expect(run.stderr).not.toContain('Warning');
  const [finished, ...others] = await verdicts(mine);
  expect(others).toEqual([]);
  expect(finished).toMatchObject({ target: 'mine/express-jwt', scenario: 'gateway/token-expired/by-10m' });
  expect(finished?.verdict.properties.safe.value).toBe('pass');
  expect(finished?.verdict.diagnosis.operator.grade).toBe('D3');
});

const others = [
  ['openid-client', ['openid-client'], 'client/wrong-secret/by-itself'],
  ['oidc-provider', ['oidc-provider', 'morgan'], 'idp/client-authentication/wrong-secret'],
] as const;

test.each(others)('failwell init finds %s and run judges it', async (template, more, scenario) => {
  const mine = join(folder, `init-${template}`);
  await another(mine, installed, { more: [...more] });
  const init = await execute(mine, 'npx', 'failwell', 'init');
  expect(init.code, init.stderr).toBe(0);
  const run = await execute(mine, 'npx', 'failwell', 'run', '-s', scenario, '--exit-zero');
  expect(run.code, run.stdout + run.stderr).toBe(0);
  const [finished, ...rest] = await verdicts(mine);
  expect(rest).toEqual([]);
  expect(finished).toMatchObject({ target: `mine/${template}`, scenario });
  expect(finished?.verdict.properties.safe.value).toBe('pass');
});

test('failwell init --issuer writes a target of an IdP that runs, and run judges it', async () => {
  const mine = join(folder, 'init-issuer');
  await another(mine, installed);
  await using idp = await startIdp({
    clients: [{ id: 'failwell', secret: 'its-secret-5f', redirectUris: ['https://client.example/callback'] }],
  });
  const init = await execute(mine, 'npx', 'failwell', 'init', '--issuer', idp.issuer);
  expect(init.code, init.stderr).toBe(0);
  const given = 'IDP_CLIENT_SECRET=its-secret-5f IDP_PASSWORD=wonderland';
  const run = await execute(mine, '/bin/sh', '-c', `${given} npx failwell run -s idp/code/twice`);
  expect(run.code, run.stdout + run.stderr).toBe(0);
  expect((await verdicts(mine)).map(({ target, verdict }) => [target, verdict.value])).toEqual([['mine/idp', 'pass']]);
  const learnt = await execute(mine, '/bin/sh', '-c', `${given} npx failwell learn mine/idp`);
  expect(learnt.code, learnt.stdout + learnt.stderr).toBe(0);
});

test("a user's own targets, scenarios and words are loaded and used", async () => {
  const mine = join(folder, 'own');
  await another(mine, installed);
  await cp(join(root, 'test/fixtures/own'), mine, { recursive: true });
  const run = await execute(mine, 'npx', 'failwell', 'run', '--scenario', 'acme/*');
  expect(run.code, run.stdout + run.stderr).toBe(0);
  const [finished, ...others] = await verdicts(mine);
  expect(others).toEqual([]);
  expect(finished).toMatchObject({ target: 'acme/gateway', scenario: 'acme/late/by-20m', verdict: { value: 'pass' } });
  // Nothing but the word of failwell/words.ts tells the cause.
  expect(finished?.verdict.diagnosis.operator).toMatchObject({
    grade: 'D3',
    text: expect.stringContaining('OAUTH-1047'),
  });
  const without = await execute(mine, 'npx', 'failwell', 'run', '-s', 'acme/*', '--config', 'without-words.config.ts');
  expect((await verdicts(mine))[0]?.verdict.diagnosis.operator.grade, without.stdout).toBe('D0');
});

test("a user's own program starts the IdP from failwell/idp, and npx failwell idp does", async () => {
  const mine = join(folder, 'idp');
  await another(mine, installed);
  await cp(join(root, 'test/fixtures/own/idp.ts'), join(mine, 'idp.ts'));
  const { code, stdout, stderr } = await execute(mine, process.execPath, 'idp.ts');
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/^all is well at http:\/\/localhost:\d+\n$/);
  const wrong = await execute(mine, 'npx', 'failwell', 'idp', '--port', '0', '--fault', 'token/audience-othr');
  expect(wrong.stderr).toContain("did you mean 'token/audience-other'?");
});

test("a user's own program starts a proxy from failwell/proxy, and npx failwell proxy does", async () => {
  const mine = join(folder, 'proxy');
  await another(mine, installed);
  await cp(join(root, 'test/fixtures/own/proxy.ts'), join(mine, 'proxy.ts'));
  const { code, stdout, stderr } = await execute(mine, process.execPath, 'proxy.ts');
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/^all is well at https:\/\/localhost:\d+\n$/);
  const wrong = await execute(mine, 'npx', 'failwell', 'proxy', '--port', '0', '--fault', 'http/statu-503');
  expect(wrong.stderr).toContain("did you mean 'http/status-503'?");
});

test("a user's own files are typed by the package's declarations", async () => {
  const mine = join(folder, 'types');
  await another(mine, installed, { more: ['@types/node', 'undici-types'] });
  await cp(join(root, 'test/fixtures/own'), mine, { recursive: true });
  const tsc = join(root, 'node_modules/.bin/tsc');
  const options =
    '--noEmit --strict --module nodenext --target es2024 --lib es2024,esnext.disposable --types node'.split(' ');
  const own = ['failwell.config.ts', 'failwell/gateway/target.ts', 'failwell/late.ts', 'failwell/words.ts'];
  const files = ['idp.ts', 'proxy.ts', ...own];
  const { code, stdout } = await execute(mine, tsc, ...options, '--allowImportingTsExtensions', ...files);
  expect(stdout).toBe('');
  expect(code).toBe(0);
});

test("in a user's own vitest project, failwell/vitest registers scenarios as tests", async () => {
  const mine = join(folder, 'vitest');
  await another(mine, installed, { more: ['vitest'] });
  await cp(join(root, 'test/fixtures/own-vitest'), mine, { recursive: true });
  const vitest = join(mine, 'node_modules/vitest/vitest.mjs');
  const run = (file: string) => execute(mine, process.execPath, vitest, 'run', '--reporter', 'verbose', file);
  const { code, stdout, stderr } = await run('gateway.test.ts');
  expect(code, stdout + stderr).toBe(0);
  expect(stdout).toContain('reference/gateway > gateway/token-expired/by-10m');
  const lenient = await run('strict/lenient.test.ts');
  expect(lenient.code, lenient.stdout + lenient.stderr).toBe(0);
  const strict = await run('strict/strict.test.ts');
  expect(strict.code).toBe(1);
  expect(strict.stderr + strict.stdout).toContain('warn: D0');
});
