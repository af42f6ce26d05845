import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createReporters } from '../../reports/create.ts';
import { aRun } from './a-run.ts';
import { folder, paper, tell } from './paper.ts';

const options = (path: string, stdout = paper(), stderr = paper()) => ({
  folder: path,
  stdout,
  stderr,
  colour: false,
  live: false,
});

test('each name makes its report', async () => {
  using at = folder();
  const [stdout, stderr] = [paper(), paper()];
  const reporters = createReporters(
    ['console', 'html', 'junit', 'har', 'json', 'ndjson', 'html'],
    options(at.path, stdout, stderr),
  );
  expect(reporters).toHaveLength(6);
  for (const reporter of reporters) await tell(reporter, aRun({ targets: 2 }));
  expect(readdirSync(at.path).sort()).toEqual(['har', 'junit.xml', 'report.html', 'run.ndjson']);
  const summary = JSON.parse(stdout.text());
  expect(summary).toMatchObject({ seed: 4711, exit: 1, totals: { fail: 1 } });
  expect(summary.verdicts).toHaveLength(24);
  expect(stdout.text()).not.toContain('"entries"');
  // stdout belongs to the JSON; the console moves over.
  expect(stderr.text()).toContain(`report    ${at.path}/report.html`);
  expect(stderr.text()).toContain(`har       ${at.path}/har\n`);
});

test('files that are not written are not pointed at', async () => {
  using at = folder();
  const stdout = paper();
  const [reporter] = createReporters(['console'], options(at.path, stdout));
  await tell(reporter!, aRun({ targets: 2 }));
  expect(stdout.text()).not.toContain(at.path);
});

test('an unknown name is a usage error that lists the known ones', () => {
  expect(() => createReporters(['consol'], options('unused'))).toThrow(
    expect.objectContaining({
      code: 'usage',
      message: "There is no reporter 'consol': choose from console, ndjson, junit, html, markdown, har, json.",
    }),
  );
});
