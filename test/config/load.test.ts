import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadCatalogue } from '../../harness/catalogue.ts';
import { openProject } from '../../harness/config/load.ts';

/** A folder with these files. */
async function folderOf(files: { readonly [name: string]: string }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'failwell-config-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

const config = (text: string) => ({ 'failwell.config.ts': `export default ${text};` });
const target = (changes = '') => `export default {
  id: 'mine/gateway', role: 'gateway', summary: 'mine', capabilities: ['jwt'], declares: {},
  driver: { kind: 'in-process', start: async () => { throw new Error('no'); } }, ${changes} };`;
const nothing = '{ safe: [], signal: [], diagnosis: [], discretion: [], resilience: [] }';
const scenario = (id: string, changes = '') => `{
  id: '${id}', role: 'gateway', cause: 'token/expired', summary: 'x', remedy: 'x', needs: [], isolation: 'shared',
  faults: [], stimulus: [{ do: 'call-api' }], expect: { outcome: 'refuse', properties: ${nothing} }, ${changes} }`;

test('without a file, the built-in references and scenarios', async () => {
  const { project, targets, scenarios } = await loadCatalogue(await folderOf({}));
  expect(project.config).toEqual({});
  expect(targets.map(({ id }) => id)).toEqual(['reference/gateway', 'reference/client']);
  expect(scenarios.length).toBeGreaterThan(100);
});

test("targets, scenarios and words of one's own", async () => {
  const folder = await folderOf({
    ...config(
      "{ targets: ['own/*.ts', 'own/target.ts'], scenarios: ['scenarios/**/*.ts'], words: ['words.ts'], out: 'here', pool: 2 }",
    ),
    'own/target.ts': target(),
    'scenarios/one.ts': `export default ${scenario('@acme/one/a')};`,
    'scenarios/deep/two.ts': `export default [${scenario('@acme/two/a')}, ${scenario('@acme/two/b')}];`,
    'words.ts': "export default { 'token/expired': /OAUTH-1047/, '@acme/saml/down': [/a/, /b/] };",
  });
  const { project, targets, scenarios } = await loadCatalogue(folder);
  expect(project.config).toMatchObject({ out: 'here', pool: 2 });
  expect(targets.map(({ id }) => id)).toEqual(['mine/gateway']);
  expect(scenarios.slice(-3).map(({ id }) => id)).toEqual(['@acme/two/a', '@acme/two/b', '@acme/one/a']);
  expect(project.words).toEqual([{ 'token/expired': /OAUTH-1047/, '@acme/saml/down': [/a/, /b/] }]);
});

test('a config elsewhere is relative to itself', async () => {
  const folder = await folderOf({
    'sub/my.config.mjs': "export default { targets: ['t.ts'] };",
    'sub/t.ts': target(),
  });
  const { targets } = await loadCatalogue(folder, 'sub/my.config.mjs');
  expect(targets.map(({ id }) => id)).toEqual(['mine/gateway']);
});

test('targets are not loaded for those who only ask for scenarios', async () => {
  const folder = await folderOf({ ...config("{ targets: ['t.ts'] }"), 't.ts': "throw new Error('loaded');" });
  const project = await openProject(folder);
  expect(await project.scenarios()).toEqual([]);
  await expect(project.targets()).rejects.toThrow('t.ts could not be loaded: loaded; mend it there.');
});

const wrong: { readonly [what: string]: readonly [files: { readonly [name: string]: string }, message: RegExp] } = {
  'a config that throws': [
    { 'failwell.config.ts': "throw new Error('no token in the environment');" },
    /^failwell\.config\.ts could not be loaded: no token in the environment; mend it there\.$/,
  ],
  'a config with a mistake in its syntax': [
    { 'failwell.config.ts': 'export default {' },
    /^failwell\.config\.ts could not be loaded: /,
  ],
  'a config without a default export': [
    { 'failwell.config.ts': 'export const config = {};' },
    /^failwell\.config\.ts has no default export: write 'export default …'\.$/,
  ],
  'a config of the wrong type': [
    config("{ targets: 'own/*.ts' }"),
    /^failwell\.config\.ts: 'targets' is not right: expected array, received string; correct it there\.$/,
  ],
  'a wrong type further down': [
    config("{ targets: ['a.ts', 7] }"),
    /^failwell\.config\.ts: 'targets\[1\]' is not right: expected string, received number; /,
  ],
  'a config that is no object': [
    config('7'),
    /^failwell\.config\.ts: the default export is not right: expected object, received number/,
  ],
  'a member that there is none of': [
    config('{ target: [] }'),
    /^failwell\.config\.ts: the default export is not right: .*"target"/,
  ],
  'a pool of none': [config('{ pool: 0 }'), /^failwell\.config\.ts: 'pool' is not right: /],
  'a pattern that matches nothing': [
    config("{ targets: ['nowhere/*.ts'] }"),
    /^failwell\.config\.ts: the pattern 'nowhere\/\*\.ts' matches no file in \/.*; correct it or create the file\.$/,
  ],
  'a target without default export': [
    { ...config("{ targets: ['t.ts'] }"), 't.ts': 'export const target = {};' },
    /^t\.ts has no default export: write 'export default …'\.$/,
  ],
  'a target that cannot be loaded': [
    { ...config("{ targets: ['t.ts'] }"), 't.ts': "import './missing.ts';" },
    /^t\.ts could not be loaded: Cannot find module/,
  ],
  'a target of the wrong type': [
    { ...config("{ targets: ['t.ts'] }"), 't.ts': target("declares: { leeway: { value: 'soon', source: 'x' } }") },
    /^t\.ts: 'declares\.leeway\.value' is not right: expected a duration like '30s'; correct it there\.$/,
  ],
  'a declared time that there is none of': [
    { ...config("{ targets: ['t.ts'] }"), 't.ts': target("declares: { leway: { value: '30s', source: 'x' } }") },
    /^t\.ts: 'declares' is not right: .*"leway"/,
  ],
  'a claim that no scenario asks for': [
    { ...config("{ targets: ['t.ts'] }"), 't.ts': target("capabilities: ['jwt', 'introspektion']") },
    /^Target 'mine\/gateway' claims 'introspektion', which no scenario needs: did you mean 'introspection'\?$/,
  ],
  'a target without a driver': [
    { ...config("{ targets: ['t.ts'] }"), 't.ts': target("driver: { kind: 'x' }") },
    /^t\.ts: 'driver\.start' is not right: expected a function/,
  ],
  'a target with words that are none': [
    { ...config("{ targets: ['t.ts'] }"), 't.ts': target("words: { 'token/expired': 'OAUTH-1047' }") },
    /^t\.ts: 'words\.token\/expired' is not right: expected a RegExp or an array of them/,
  ],
  'two targets of one name': [
    { ...config("{ targets: ['*/t.ts'] }"), 'a/t.ts': target(), 'b/t.ts': target() },
    /^Two targets are called 'mine\/gateway': give one of them another id\.$/,
  ],
  'a scenario that is built in already': [
    { ...config("{ scenarios: ['s.ts'] }"), 's.ts': `export default ${scenario('gateway/token-expired/by-10m')};` },
    /^Two scenarios are called 'gateway\/token-expired\/by-10m'/,
  ],
  'the second of two scenarios': [
    {
      ...config("{ scenarios: ['s.ts'] }"),
      's.ts': `export default [${scenario('@a/b/c')}, ${scenario('@a/b/d', 'stimulus: []')}];`,
    },
    /^s\.ts: '\[1\]\.stimulus' is not right: /,
  ],
  'a scenario that does not ask for one of the properties': [
    {
      ...config("{ scenarios: ['s.ts'] }"),
      's.ts': `export default ${scenario('@a/b/c', "expect: { outcome: 'refuse', properties: {} }")};`,
    },
    /^s\.ts: '\[0\]\.expect\.properties\.safe' is not right: expected array/,
  ],
  'words that are none': [
    { ...config("{ words: ['w.ts'] }"), 'w.ts': "export default { 'token/expired': ['OAUTH-1047'] };" },
    /^w\.ts: 'token\/expired' is not right: expected a RegExp or an array of them/,
  ],
};

test.each(Object.entries(wrong))('%s is said in one sentence', async (_, [files, message]) => {
  const error = await loadCatalogue(await folderOf(files)).catch((reason: unknown) => reason as Error);
  expect(error).toMatchObject({ name: 'FailwellError', code: 'config' });
  expect((error as Error).message).toMatch(message);
  expect((error as Error).message).not.toContain('\n');
});

test('a config that is not there', async () => {
  await expect(openProject(await folderOf({}), 'nope.ts')).rejects.toThrow(
    "There is no configuration file 'nope.ts': correct --config, or write one with 'failwell init'.",
  );
});
