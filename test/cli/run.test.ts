import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { RunEvent } from '../../harness/model/event.ts';
import { alive, config, dies, failwell, folderOf, like, start } from './failwell.ts';

const one = ['run', '-s', 'gateway/token-expired/by-10m', '--seed', '1'];
/** What a pipe must not get. */
const control = /[\p{Cc}--[\n\t]]/v;

/** The record in a folder, as far as it is written. */
function record(folder: string): readonly RunEvent[] {
  const file = join(folder, 'failwell-report/run.ndjson');
  if (!existsSync(file)) return [];
  const whole = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return whole.map((line) => JSON.parse(line) as RunEvent);
}
const verdicts = (folder: string) =>
  record(folder).flatMap((event) => (event.type === 'scenario-finished' ? [event.verdict] : []));

describe('exit codes', () => {
  test('0: passed, into a pipe without a control character, with every report', async () => {
    const folder = await folderOf();
    const { exit, stdout, stderr } = await failwell(one, { folder, env: { NO_COLOR: '1' } });
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).not.toMatch(control);
    expect(stdout).toContain('No failwell.config.ts here, so the built-in references are run');
    expect(stdout).toContain('The target failed at nothing · 1 verdict · 0 failed');
    for (const name of ['run.ndjson', 'junit.xml', 'report.html'])
      expect(existsSync(join(folder, 'failwell-report', name)), name).toBe(true);
    expect(verdicts(folder)).toMatchObject([{ value: 'pass' }]);
  });

  test('1: failed; the others are judged all the same', async () => {
    const folder = await folderOf({
      'failwell.config.mts': config,
      'a.target.mts': "export { default } from 'ROOT/targets/mutants/skips-exp.ts';",
      'b.target.mts': like('mine/good'),
    });
    const { exit, stdout } = await failwell(one, { folder });
    expect(exit).toBe(1);
    expect(stdout).not.toMatch(control);
    expect(
      verdicts(folder)
        .map(({ target, value }) => `${target} ${value}`)
        .toSorted(),
    ).toEqual(['mine/good pass', 'mutant/skips-exp fail']);
  });

  test('4: inconclusive, which can be allowed: a target that dies of the request', async () => {
    const folder = await folderOf({ 'failwell.config.mts': config, 'a.target.mts': like('mine/dying', dies) });
    const args = [...one, '-s', 'gateway/token-audience/other'];
    const { exit, stdout } = await failwell(args, { folder });
    expect(exit).toBe(4);
    expect(stdout).toContain('1 inconclusive');
    expect(
      verdicts(folder)
        .map(({ scenario, value }) => `${scenario} ${value}`)
        .toSorted(),
    ).toEqual(['gateway/token-audience/other pass', 'gateway/token-expired/by-10m inconclusive']);
    expect((await failwell([...args, '--allow-inconclusive'], { folder })).exit).toBe(0);
  });
});

describe('a target that never becomes ready: exit 3, and what the others came to stays', () => {
  const cases: { readonly [what: string]: readonly [change: string, message: string] } = {
    'its command ends at once': [
      "driver: childProcess({ command: process.execPath, args: ['-e', 'console.error(\"no database\"); process.exit(7)'], env: () => ({}) })",
      'exited with code 7 before it listened on 127.0.0.1:',
    ],
    'its command is not there': [
      "driver: childProcess({ command: 'no-such-command-here', args: [], env: () => ({}) })",
      "The target's command 'no-such-command-here' was not found: install it, or correct 'command' in the target's file.",
    ],
    'its driver gives up': [
      "driver: { kind: 'in-process', start: async () => { throw new Error('no licence'); } }",
      'mine/broken did not start: no licence; mend it, or its driver.',
    ],
    'it lets nobody in': [
      "driver: { kind: 'in-process', start: (wiring, io) => startGateway({ ...wiring, audience: 'https://other.example' }, io) }",
      'mine/broken started, but a valid token came to 401: check its issuer, audience and API settings',
    ],
  };

  test.each(Object.entries(cases))('%s', async (_, [change, message]) => {
    const folder = await folderOf({
      'failwell.config.mts': config,
      'a.target.mts': like('mine/broken', change),
      'b.target.mts': like('mine/good'),
    });
    const { exit, stdout } = await failwell(one, { folder });
    expect(exit).toBe(3);
    const [error, ...more] = record(folder).flatMap((event) => (event.type === 'harness-error' ? [event] : []));
    expect(more).toEqual([]);
    expect(error).toMatchObject({ code: 'target-not-ready', target: 'mine/broken' });
    expect(error?.message).toContain(message);
    expect(stdout).toContain(message.slice(0, 40));
    expect(verdicts(folder)).toMatchObject([{ target: 'mine/good', value: 'pass' }]);
  });

  test('its port is in use', async () => {
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const driver = `driver: { kind: 'process', start: (wiring, io) =>
      childProcess({ command: process.execPath, args: ['-e', ''], env: () => ({}) }).start({ ...wiring, port: ${port} }, io) }`;
    const folder = await folderOf({ 'failwell.config.mts': config, 'a.target.mts': like('mine/broken', driver) });
    const { exit, stdout } = await failwell([...one, '-r', 'console'], { folder });
    expect(exit).toBe(3);
    expect(stdout).toContain(
      `The target's port 127.0.0.1:${port} is in use: free it, or let Failwell choose one with port 0.`,
    );
  });
});

test('a target that leaves a timer behind does not keep the command from ending', async () => {
  const leaves = `driver: { kind: 'in-process', start: async (wiring, io) => {
    setInterval(() => undefined, 60_000);
    return await startGateway(wiring, io, correct);
  } }`;
  const folder = await folderOf({ 'failwell.config.mts': config, 'a.target.mts': like('mine/lasting', leaves) });
  const { exit, stdout, stderr } = await failwell(one, { folder });
  expect(exit).toBe(0);
  expect(stdout).toContain('The target failed at nothing · 1 verdict · 0 failed');
  expect(stderr).toContain('a target has left something running in this process');
});

test('--json: a summary and nothing else', async () => {
  const folder = await folderOf();
  const { exit, stdout, stderr } = await failwell([...one, '--json'], { folder });
  expect([exit, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ seed: 1, exit: 0, totals: { pass: 1 }, verdicts: [{ value: 'pass' }] });
  expect(existsSync(join(folder, 'failwell-report'))).toBe(false);
});

test('--unsafe-keep-secrets: in HAR files, with a warning, and nowhere else', async () => {
  const token = /Bearer eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{20,}/;
  const folder = await folderOf();
  const { exit, stdout, stderr } = await failwell([...one, '--har', '--unsafe-keep-secrets'], { folder });
  expect(exit).toBe(0);
  expect(stderr).toMatch(/WARNING {2}--unsafe-keep-secrets: .*\n.*Do not share it/);
  const file = 'failwell-report/har/gateway_token-expired_by-10m@reference_gateway.har';
  const har = readFileSync(join(folder, file), 'utf8');
  expect(har).toMatch(token);
  expect(har).toContain('UNREDACTED: this file holds the secrets of the run.');
  const others = ['run.ndjson', 'junit.xml', 'report.html'].map((name) =>
    readFileSync(join(folder, 'failwell-report', name), 'utf8'),
  );
  for (const text of [stdout, stderr, ...others]) expect(text).not.toMatch(token);
  expect(verdicts(folder)).toMatchObject([{ value: 'pass' }]);

  const alone = await failwell([...one, '--unsafe-keep-secrets'], { folder: await folderOf() });
  expect([alone.exit, alone.stderr]).toEqual([2, expect.stringContaining('is about the files of --har')]);
});

test('--har: a HAR for each scenario, beside the record or where it is wanted', async () => {
  const folder = await folderOf();
  const name = 'gateway_token-expired_by-10m@reference_gateway.har';
  for (const [args, where] of [
    [['--har'], 'failwell-report/har'],
    [['--json', '--har', 'elsewhere'], 'elsewhere'],
  ] as const) {
    expect((await failwell([...one, ...args], { folder })).exit).toBe(0);
    const { log } = JSON.parse(readFileSync(join(folder, where, name), 'utf8'));
    expect(log).toMatchObject({ version: '1.2', _scenario: 'gateway/token-expired/by-10m', _verdict: 'pass' });
  }
});

test('--shard and --bail', async () => {
  const folder = await folderOf({
    'failwell.config.mts': config,
    'a.target.mts': "export { default } from 'ROOT/targets/mutants/skips-exp.ts';",
  });
  const run = async (...args: string[]) => {
    const { exit, stdout } = await failwell(['run', '-s', 'gateway/token-expired', '--json', ...args], { folder });
    const { verdicts } = JSON.parse(stdout) as { verdicts: { scenario: string }[] };
    return { exit, ids: verdicts.map(({ scenario }) => scenario) };
  };
  const [all, one, two, bailed] = [
    await run(),
    await run('--shard', '1/2'),
    await run('--shard', '2/2'),
    await run('--bail', '--pool', '1'),
  ];
  expect([...one.ids, ...two.ids].toSorted()).toEqual(all.ids.toSorted());
  expect(bailed).toEqual({ exit: 1, ids: ['gateway/token-expired/by-10m'] });
});

test('the lines that run it again say which config it was, and the order', async () => {
  const folder = await folderOf({
    'other.config.mts': config,
    'a.target.mts': "export { default } from 'ROOT/targets/reference/gateway/target.ts';",
  });
  const asked = [
    'run',
    '--config',
    'other.config.mts',
    '-s',
    'gateway/token-expired/by-10m',
    '--shuffle',
    '--seed',
    '3',
  ];
  expect((await failwell(asked, { folder })).exit).toBe(0);
  const [all, one] = record(folder).flatMap((event) => ('replay' in event ? [event.replay] : []));
  expect(all).toBe(
    "npx failwell run --config 'other.config.mts' --scenario 'gateway/token-expired/by-10m' --shuffle --seed 3",
  );
  expect(one).toBe(
    "npx failwell run --config 'other.config.mts' --target 'reference/gateway' --scenario 'gateway/token-expired/by-10m' --seed 3",
  );
});

/** A gateway of a few lines, as a child process: it leaves an expired token without an answer. */
const hanging = {
  'failwell.config.mts': config,
  'a.target.mts': like(
    'mine/hanging',
    `driver: childProcess({ command: process.execPath, args: [import.meta.dirname + '/server.mjs'],
      env: ({ host, port, api, ca }) => ({ HOST: host, PORT: String(port), API: api, NODE_EXTRA_CA_CERTS: ca.file }) })`,
  ),
  'server.mjs': `
    import { appendFileSync } from 'node:fs';
    import { createServer } from 'node:http';
    appendFileSync(import.meta.dirname + '/pids', process.pid + '\\n');
    process.on('SIGTERM', () => { if (!process.env.STUBBORN) process.exit(0); });
    createServer(async (request, response) => {
      const [, payload] = (request.headers.authorization ?? '').split('.');
      const { exp } = JSON.parse(Buffer.from(payload, 'base64url'));
      if (exp < Date.now() / 1000) return;
      const answer = await fetch(process.env.API + request.url);
      console.log(request.url);
      response.writeHead(answer.status).end();
    }).listen(process.env.PORT, process.env.HOST);`,
};
const stuck = [
  'run',
  '-s',
  'gateway/token-expired/fraction',
  '-s',
  'gateway/token-expired/by-10m',
  '--shuffle',
  '--seed',
  '1',
  '--pool',
  '1',
];

/** Starts a run and waits until it hangs in the middle. */
async function inTheMiddle(files: { readonly [name: string]: string }) {
  const folder = await folderOf(files);
  const started = start(stuck, { folder });
  const pids = () => readFileSync(join(folder, 'pids'), 'utf8').trim().split('\n').map(Number);
  onTestFinished(() => {
    for (const pid of pids().filter(alive)) process.kill(pid, 'SIGKILL');
  });
  await vi.waitFor(
    () => {
      const begun = (event: RunEvent) =>
        event.type === 'entry' &&
        event.scenario.endsWith('by-10m') &&
        event.entry.kind === 'step-begun' &&
        event.entry.phase === 'stimulus';
      expect(record(folder).some(begun)).toBe(true);
    },
    { timeout: 20_000, interval: 20 },
  );
  return { ...started, folder, pids };
}

describe('Ctrl-C in the middle', () => {
  test('exit 130: reports are written, the record is whole, no child is left', async () => {
    const { child, done, folder, pids } = await inTheMiddle(hanging);
    expect(pids().some(alive)).toBe(true);
    child.kill('SIGINT');
    const { exit, stdout, stderr } = await done;
    expect(exit).toBe(130);
    expect(stderr).toContain('Interrupted: stopping the targets and writing the reports');
    expect(stdout).toContain('interrupted');
    expect(record(folder).at(-1)).toMatchObject({ type: 'run-finished', interrupted: true, exit: 130 });
    for (const name of ['junit.xml', 'report.html'])
      expect(existsSync(join(folder, 'failwell-report', name)), name).toBe(true);
    expect(pids().filter(alive)).toEqual([]);
  });

  test('twice: at once, and still no child is left', async () => {
    const stubborn = { ...hanging, 'server.mjs': `process.env.STUBBORN = '1';\n${hanging['server.mjs']}` };
    const { child, said, done, pids } = await inTheMiddle(stubborn);
    child.kill('SIGINT');
    await vi.waitFor(() => expect(said.stderr).toContain('Interrupted'), { timeout: 5_000, interval: 5 });
    child.kill('SIGINT');
    expect((await done).exit).toBe(130);
    await vi.waitFor(() => expect(pids().filter(alive)).toEqual([]), { timeout: 5_000, interval: 20 });
  });
});

test('a run that was killed takes its targets along and leaves a record that can be read', async () => {
  const { child, done, folder, pids } = await inTheMiddle(hanging);
  expect(pids().some(alive)).toBe(true);
  child.kill('SIGKILL');
  expect((await done).exit).toBe('SIGKILL');
  await vi.waitFor(() => expect(pids().filter(alive)).toEqual([]), { timeout: 5_000, interval: 20 });
  const { exit, stdout } = await failwell(['report', 'failwell-report/run.ndjson', '-r', 'console', '-r', 'html'], {
    folder,
  });
  expect(exit).toBe(0);
  expect(stdout).toContain('interrupted');
  expect(existsSync(join(folder, 'failwell-report/report.html'))).toBe(true);
});
