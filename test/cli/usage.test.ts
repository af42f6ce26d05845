import { describe, expect, test } from 'vitest';
import type { Scenario } from '../../harness/model/scenario.ts';
import { config, failwell, folderOf, like } from './failwell.ts';

const one = ['-s', 'gateway/token-expired/by-10m'];

/** What was said is one sentence that begins so. */
function sentence(stderr: string, begins: string): void {
  expect(stderr).toMatch(/^failwell: [^\n]+[.?]\n$/);
  expect(stderr).toContain(`failwell: ${begins}`);
}

describe('help', () => {
  test.each(['run', 'list', 'explain', 'init', 'report'])('%s --help shows an example', async (command) => {
    const { exit, stdout } = await failwell([command, '--help'], { folder: await folderOf() });
    expect(exit).toBe(0);
    expect(stdout).toContain(`Usage: failwell ${command}`);
    expect(stdout).toMatch(/Examples?:\n {2}failwell /);
  });

  test('without a command', async () => {
    const { exit, stderr } = await failwell([], { folder: await folderOf() });
    expect(exit).toBe(2);
    expect(stderr).toContain("Start with 'failwell init'");
  });
});

describe('what there is none of is said in one sentence, with what comes near', () => {
  test.each([
    [['run', '--sead', '1'], "unknown option '--sead': did you mean --seed?"],
    [['run', '--frobnicate'], "unknown option '--frobnicate'; --help shows what there is."],
    [['rum'], "unknown command 'rum': did you mean run?"],
    [
      ['run', '-s', 'gateway/token-expird/by-10m'],
      "No scenario matches 'gateway/token-expird/by-10m': did you mean 'gateway/token-expired/by-10m'?",
    ],
    [['run', '-t', 'reference/gatway'], "No target matches 'reference/gatway': did you mean 'reference/gateway'?"],
    [['run', '-c', 'token/expire'], "No cause matches 'token/expire': did you mean 'token/expired'?"],
    [['run', '--suite', 'quik'], "There is no suite 'quik': did you mean 'quick'?"],
    [
      ['run', ...one, '-r', 'jnit'],
      "There is no reporter 'jnit': choose from console, ndjson, junit, html, markdown, har, json.",
    ],
    [
      ['run', '--shard', '3/2'],
      "option '--shard <i/n>' argument '3/2' is invalid: Write the part and how many there are, such as '1/4'",
    ],
    [['run', '--seed', 'x'], "option '--seed <number>' argument 'x' is invalid: Write a whole number from 0 to"],
    [
      ['list', 'scenarois'],
      "command-argument value 'scenarois' is invalid for argument 'kind': Allowed choices are scenarios, targets",
    ],
    [
      ['explain', 'gateway/token-audiense'],
      "No scenario matches 'gateway/token-audiense': did you mean 'gateway/token-audience'?",
    ],
    [['explain'], "missing required argument 'scenario'; --help shows what there is."],
    [['report', 'nowhere.ndjson'], "Cannot read 'nowhere.ndjson' (ENOENT): give the run.ndjson of a run."],
    [
      ['run', '--config', 'nope.ts'],
      "There is no configuration file 'nope.ts': correct --config, or write one with 'failwell init'.",
    ],
  ])('%j', async (args, message) => {
    const { exit, stdout, stderr } = await failwell(args, { folder: await folderOf() });
    expect(exit).toBe(2);
    expect(stdout).toBe('');
    sentence(stderr, message);
  });
});

describe('a configuration that is not right', () => {
  test.each<readonly [string, { readonly [name: string]: string }, string]>([
    [
      'throws',
      { 'failwell.config.mts': "throw new Error('no token');" },
      'failwell.config.mts could not be loaded: no token; mend it there.',
    ],
    [
      'wrong type',
      { 'failwell.config.mts': 'export default { pool: true };' },
      "failwell.config.mts: 'pool' is not right: expected number, received boolean; correct it there.",
    ],
    [
      'no match',
      { 'failwell.config.mts': config },
      "failwell.config.mts: the pattern '*.target.mts' matches no file in ",
    ],
    [
      'no default export',
      { 'failwell.config.mts': config, 'a.target.mts': 'export const a = 1;' },
      "a.target.mts has no default export: write 'export default …'.",
    ],
  ])('%s', async (_, files, message) => {
    const { exit, stderr } = await failwell(['run', ...one], { folder: await folderOf(files) });
    expect(exit).toBe(2);
    sentence(stderr, message);
  });
});

test('an output folder that cannot be written to', async () => {
  const folder = await folderOf({ file: 'a regular file' });
  const { exit, stdout, stderr } = await failwell(['run', ...one, '--out', 'file/below'], { folder });
  expect(exit).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /^failwell: Cannot write to '\S*\/file\/below' \(ENOTDIR\): make it writable, or choose another folder with --out\.\n$/,
  );
});

test('nothing to judge', async () => {
  const folder = await folderOf({
    'failwell.config.mts': config,
    'a.target.mts': like('mine/bare', 'capabilities: []'),
  });
  for (const args of [
    ['run', ...one],
    ['run', ...one, '--dry-run'],
  ]) {
    const { exit, stderr } = await failwell(args, { folder });
    expect(exit).toBe(2);
    sentence(
      stderr,
      'Nothing would run: mine/bare does not declare the capability jwt, which the chosen scenarios need; ',
    );
  }
});

describe('--dry-run', () => {
  test('prints the plan and runs nothing', async () => {
    const folder = await folderOf();
    const { exit, stdout } = await failwell(['run', '-s', 'gateway/token-expired', '--dry-run'], { folder });
    expect(exit).toBe(0);
    expect(stdout).toContain('reference/gateway  gateway/token-expired/by-10m  (shared)\n');
    expect(stdout).toMatch(/\n7 to run, 0 not applicable; nothing was run\.\n$/);
  });

  test('as JSON; shards are disjoint and together everything', async () => {
    const folder = await folderOf();
    const planned = async (...args: string[]) => {
      const { stdout } = await failwell(['run', '-c', 'token/*', '--dry-run', '--json', ...args], { folder });
      const { run, notApplicable } = JSON.parse(stdout) as Record<string, { target: string; scenario: string }[]>;
      return [...run!, ...notApplicable!].map(({ target, scenario }) => `${target} ${scenario}`);
    };
    const [all, one, two] = await Promise.all([planned(), planned('--shard', '1/2'), planned('--shard', '2/2')]);
    expect([...one, ...two].toSorted()).toEqual(all.toSorted());
    expect(all.length).toBeGreaterThan(50);
  });
});

describe('list', () => {
  test.each(['scenarios', 'targets', 'causes', 'faults', 'suites'])(
    '%s --json is a list of things with an id and a summary',
    async (kind) => {
      const { exit, stdout, stderr } = await failwell(['list', kind, '--json'], { folder: await folderOf() });
      expect([exit, stderr]).toEqual([0, '']);
      const rows = JSON.parse(stdout) as { id: string; summary: string }[];
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(row).toMatchObject({ id: expect.any(String), summary: expect.any(String) });
    },
  );

  test('everything, as JSON and as text', async () => {
    const folder = await folderOf();
    const [json, text] = await Promise.all([failwell(['list', '--json'], { folder }), failwell(['list'], { folder })]);
    expect(Object.keys(JSON.parse(json.stdout))).toEqual(['scenarios', 'targets', 'causes', 'suites']);
    expect(text.stdout).toMatch(/^scenarios \(\d+\)\n {2}gateway\//);
  });

  test('faults stand under their layer and seam, with their causes', async () => {
    const { stdout } = await failwell(['list', 'faults'], { folder: await folderOf() });
    expect(stdout).toMatch(
      /\n {2}time: clock \(\d+\)\n {4}clock\/fast-by-1h +the clock is 1h fast \[idp\/clock-skew\]\n/,
    );
    const [, total] = /^faults \((\d+)\)/.exec(stdout) ?? [];
    const counts = [...stdout.matchAll(/^ {2}[a-z]+: \S+ \((\d+)\)$/gm)].map(([, count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count)).toBe(Number(total));
    expect(stdout.match(/^ {4}\S+\/\S+ .+ \[.+\]$/gm)).toHaveLength(Number(total));
  });

  test('loads neither targets nor what runs need', async () => {
    const folder = await folderOf({
      'failwell.config.mts': config,
      'a.target.mts': "throw new Error('loaded');",
      'tell.mjs': `import { registerHooks } from 'node:module';
        registerHooks({ resolve(specifier, context, next) {
          if (/^(?:undici|jose|zod|@peculiar)/.test(specifier)) process.stderr.write(specifier + '\\n');
          return next(specifier, context);
        } });`,
    });
    const env = { NODE_OPTIONS: '--import ./tell.mjs' };
    const causes = await failwell(['list', 'causes'], { folder, env });
    expect([causes.exit, causes.stderr]).toEqual([0, '']);
    // A configuration has to be validated.
    const scenarios = await failwell(['list', 'scenarios'], { folder, env });
    expect([scenarios.exit, scenarios.stderr]).toEqual([0, 'zod\n']);
  });
});

describe('explain', () => {
  test('shows what is broken, what should happen, the sentence with its link, and how to mend it', async () => {
    const { exit, stdout } = await failwell(['explain', 'gateway/token-expired/by-10m'], { folder: await folderOf() });
    expect(exit).toBe(0);
    expect(stdout).toContain('“The processing of the "exp" claim requires');
    expect(stdout).toContain('https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4');
    expect(stdout).toContain('good  HTTP/1.1 401 Unauthorized · WWW-Authenticate: Bearer error="invalid_token"');
    expect(stdout).toContain('bad   HTTP/1.1 500 Internal Server Error');
    expect(stdout).toContain('To mend it: Check exp');
  });

  test('a family, as JSON', async () => {
    const { stdout } = await failwell(['explain', 'gateway/token-expired', '--json'], { folder: await folderOf() });
    const cards = JSON.parse(stdout) as Pick<Scenario, 'id'>[];
    expect(cards.length).toBeGreaterThan(3);
    expect(cards.every(({ id }) => id.startsWith('gateway/token-expired/'))).toBe(true);
  });
});

describe('list filters', () => {
  const list = async (...args: string[]) => {
    const { exit, stdout, stderr } = await failwell(['list', ...args, '--json'], { folder: await folderOf() });
    return { exit, stderr, rows: exit === 0 ? JSON.parse(stdout) : undefined };
  };
  const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

  test('a suite holds what a run of it would run', async () => {
    const folder = await folderOf();
    const { rows } = await list('scenarios', '--suite', 'first-look', '--role', 'gateway');
    const { stdout } = await failwell(['run', '--suite', 'first-look', '--dry-run', '--json'], { folder });
    const { run, notApplicable } = JSON.parse(stdout) as Record<string, { scenario: string }[]>;
    const planned = [...run!, ...notApplicable!]
      .map(({ scenario }) => scenario)
      .filter((id) => id.startsWith('gateway/'));
    expect(new Set(ids(rows))).toEqual(new Set(planned));
  });

  test('scenarios by cause and need, faults by layer, seam and cause', async () => {
    const { rows: some } = await list('scenarios', '-c', 'token/expired', '--needs', 'opaque');
    expect(ids(some)).toContain('gateway/introspection/expired');
    for (const one of some)
      expect(one).toMatchObject({ cause: 'token/expired', needs: expect.arrayContaining(['opaque']) });
    const { rows: tls } = await list('faults', '--layer', 'tls');
    expect(ids(tls)).toContain('tls/expired-certificate');
    expect(new Set(tls.map(({ layer }: { layer: string }) => layer))).toEqual(new Set(['tls']));
    const { rows: both } = await list('--seam', 'link/name', '-c', 'network/dns');
    expect(Object.keys(both)).toEqual(['faults']);
    expect(both.faults.length).toBeGreaterThan(5);
  });

  test('a filter that matches nothing, or another kind, is said in a sentence', async () => {
    sentence((await list('faults', '--layer', 'tsl')).stderr, "No layer matches 'tsl': choose from token,");
    sentence((await list('targets', '--seam', 'jwks')).stderr, "'failwell list targets' cannot be filtered so");
    expect((await list('--suite', 'quick', '--seam', 'jwks')).exit).toBe(2);
    sentence((await list('scenarios', '--suite', 'quik')).stderr, "There is no suite 'quik': did you mean 'quick'?");
  });
});
