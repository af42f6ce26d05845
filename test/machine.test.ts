import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const config = join(import.meta.dirname, 'fixtures/lacking/vitest.config.ts');

/** Runs vitest on two files whose tests need a browser, on a machine that seems to have none. */
function onABareMachine(required: string): Promise<{ code: number; text: string }> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const env = { PATH: '/nowhere', NO_COLOR: '1', FAILWELL_BROWSER: '/nowhere/browser', FAILWELL_REQUIRE: required };
  return new Promise((resolve) => {
    execFile(process.execPath, [vitest, 'run', '--config', config], { cwd: root, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), text: stdout + stderr }),
    );
  });
}

test('what the machine lacks is counted over all files at the end', { timeout: 60_000 }, async () => {
  const { code, text } = await onABareMachine('');
  expect(code).toBe(0);
  expect(text).toContain('lacked: browser (2 tests skipped)');
});

test('a need that is required fails when it is missing', { timeout: 60_000 }, async () => {
  const { code, text } = await onABareMachine('openssl, browser');
  expect(code).toBe(1);
  expect(text).toContain('FAILWELL_REQUIRE names browser, but there is none');
});
