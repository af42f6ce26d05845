import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { type ConsoleOptions, consoleReporter } from '../../reports/console.ts';
import { aRun } from './a-run.ts';
import { paper, tell } from './paper.ts';

const files = { record: 'failwell-report/run.ndjson', html: 'failwell-report/report.html' };

async function printed(events = aRun(), options: Partial<ConsoleOptions> = {}): Promise<string> {
  const stream = paper();
  await tell(consoleReporter({ stream, colour: false, live: false, files, now: () => 0, ...options }), events);
  return stream.text();
}

test('8 targets × 12 causes read as agreed', async () => {
  await expect(await printed()).toMatchFileSnapshot('golden/console.txt');
});

test('warnings and notes stand in full when asked for', async () => {
  await expect(await printed(aRun({ targets: 2 }), { verbose: true })).toMatchFileSnapshot(
    'golden/console-verbose.txt',
  );
});

test('without colour and live nothing but text and line feeds is written, whatever a target said', async () => {
  expect(await printed()).not.toMatch(/[^\P{C}\n]/u);
});

test('with colour the text is the same', async () => {
  const coloured = await printed(aRun(), { colour: true });
  expect(coloured).toContain('\u001b[31m');
  expect(stripVTControlCharacters(coloured)).toBe(await printed());
});

test('the matrix fits its width, in blocks of targets', async () => {
  const text = await printed(aRun(), { width: 60 });
  const matrix = text.slice(text.indexOf('Causes × targets'), text.indexOf('five marks'));
  for (const line of matrix.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  expect(matrix.match(/^ {2}cause /gm)).toHaveLength(2);
});

test('a live line is taken away before the results', async () => {
  let time = 0;
  const text = await printed(aRun(), { live: true, now: () => (time += 60) });
  const erase = '\r\u001b[2K';
  const [before = '', after] = text.split('\nTargets\n');
  expect(before.split(erase).at(-2)).toMatch(/^ {2}96\/96 verdicts · 6 failed · [\d.]+ .*s · node/);
  expect(before.endsWith(erase)).toBe(true);
  expect(after).not.toContain('\u001b');
});

test('failures of one kind are folded into one with their count', async () => {
  const text = await printed(aRun({ targets: 2, variants: 13 }));
  expect(text).toMatch(/2 node\/express-oauth2-jwt-bearer {2}12 failed, of 1 kind/);
  expect(text).toMatch(/\+ 11 alike: \S+, [^+]* and 5 more/);
});

test('a run that was killed still shows what there is', async () => {
  const text = await printed(aRun({ killedAfter: 14 }));
  expect(text).toContain('· interrupted');
  expect(text).toContain('14 of 96 verdicts before the run was cut off');
});

test('a run that judged nothing says so', async () => {
  expect(await printed(aRun({ killedAfter: 0 }))).toContain('Nothing was judged');
});
