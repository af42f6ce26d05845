import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ndjsonReporter } from '../../reports/ndjson.ts';
import { aRun } from './a-run.ts';
import { folder, tell } from './paper.ts';

const events = aRun({ targets: 2 });

test('each event is one line that parses to it', async () => {
  using at = folder();
  await tell(ndjsonReporter(join(at.path, 'new/deep')), events);
  const lines = readFileSync(join(at.path, 'new/deep/run.ndjson'), 'utf8').split('\n');
  expect(lines.pop()).toBe('');
  expect(lines.map((line) => JSON.parse(line))).toEqual(JSON.parse(JSON.stringify(events)));
});

test('older records are kept under the time when they began', async () => {
  using at = folder();
  for (let n = 0; n < 3; n += 1) await tell(ndjsonReporter(at.path), events.slice(0, n + 1));
  expect(readdirSync(at.path).sort()).toEqual([
    'run-2026-01-02T03-04-05.678Z-2.ndjson',
    'run-2026-01-02T03-04-05.678Z.ndjson',
    'run.ndjson',
  ]);
  expect(readFileSync(join(at.path, 'run.ndjson'), 'utf8').trim().split('\n')).toHaveLength(3);
});

test('a killed process leaves every line of the turns that are over', async () => {
  using at = folder();
  const module = join(import.meta.dirname, '../../reports/ndjson.ts');
  const code = `
    const { ndjsonReporter } = await import(${JSON.stringify(module)});
    const reporter = ndjsonReporter(${JSON.stringify(at.path)});
    for (let n = 0; n < 1000; n += 1) reporter.on({ type: 'harness-error', code: 'x', message: String(n) });
    setImmediate(() => process.stdout.write('written'));
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await ended;
  const lines = readFileSync(join(at.path, 'run.ndjson'), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(1_000);
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ message: '999' });
});

test('a folder that cannot be written to is a sentence that says what to do', () => {
  using at = folder();
  const file = join(at.path, 'file');
  writeFileSync(file, '');
  expect(() => ndjsonReporter(join(file, 'sub'))).toThrow(
    expect.objectContaining({
      code: 'config',
      message: expect.stringMatching(
        /^Cannot write to '.*sub' \(ENOTDIR\): make it writable, or choose another folder with --out\.$/,
      ),
    }),
  );
});
