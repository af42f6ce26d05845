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
  const matrix = text.slice(text.indexOf('Gateways · causes × targets'), text.indexOf('five marks'));
  for (const line of matrix.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
  expect(matrix.match(/^ {2}cause /gm)).toHaveLength(2);
});

test('each role has its own matrix, whose numbers are those of the list of targets', async () => {
  const text = await printed(aRun({ targets: 6, roles: ['idp', 'gateway', 'client', 'chain'] }));
  const block = (title: string) => text.split(`\n${title} · causes × targets\n`)[1]?.split('\n\n')[0];
  expect(block('Gateways')).toMatch(/^ {2}cause +2 +6\n(?: {2}[a-z-]+\/[a-z-]+ {2,}\S{5} {2}\S{5}\n?){12}$/);
  expect(block('Clients')).toMatch(
    /^ {2}cause +3\n {2}token\/expired +\S{5}\n {2}idp\/signing-keys +\S{5}\n {2}attack\/csrf +\S{5}$/,
  );
  expect(block('IdPs')).toMatch(
    /^ {2}cause +1 +5\n {2}client\/credentials +\S{5} {2}\S{5}\n {2}attack\/code +\S{5} {2}\S{5}$/,
  );
  expect(block('Chains')).toMatch(/^ {2}cause +4\n {2}idp\/clock-skew +\S{5}$/);
  expect(text.match(/^ {2}token\/expired /gm)).toHaveLength(2);
});

test('a live line is taken away before the results', async () => {
  let time = 0;
  const text = await printed(aRun(), { live: true, now: () => (time += 60) });
  const erase = '\r\u001b[2K';
  const [before = '', after] = text.split('\nTargets\n');
  expect(before.split(erase).at(-2)).toMatch(/^ {2}89\/89 verdicts · 6 failed · [\d.]+ .*s · node/);
  expect(before.endsWith(erase)).toBe(true);
  expect(after).not.toContain('\u001b');
});

test('failures of one kind are folded into one with their count', async () => {
  const text = await printed(aRun({ targets: 2, variants: 13 }));
  expect(text).toMatch(/2 node\/express-oauth2-jwt-bearer {2}12 failed, of 1 kind/);
  expect(text).toMatch(/\+ 11 alike: \S+, [^+]* and 5 more/);
});

test('the safest property comes first, and no more than a few screens are filled', async () => {
  const run = aRun({ targets: 8, variants: 1 });
  const event = run.find((e) => e.type === 'scenario-finished' && e.verdict.value === 'fail');
  if (event?.type !== 'scenario-finished') throw new Error('This run has no failure.');
  const end = run.pop()!;
  const kind = (scenario: string, property: 'safe' | 'signal', observed: string) => {
    const verdict = structuredClone(event.verdict) as unknown as { properties: Record<string, { findings: object[] }> };
    const [finding] = Object.values(event.verdict.properties).flatMap((p) => p.findings);
    for (const p of Object.values(verdict.properties)) p.findings = [];
    verdict.properties[property]!.findings = [{ ...finding, value: 'fail', observed }];
    run.push({ ...event, scenario, verdict: verdict as unknown as typeof event.verdict });
  };
  for (const letter of 'abcdefghijklm') kind(`kind/${letter}`, 'signal', `said ${letter}`);
  kind('late/one', 'safe', 'the api saw GET /items/fw-0a1b');
  kind('late/two', 'safe', 'the api saw GET /items/fw-c2d3e4');
  run.push(end);
  const text = await printed(run);
  const failures = text.slice(text.indexOf('\nFailures\n'), text.indexOf('failed something'));
  const listed = failures.split(`${event.target}  `)[1]!.split('  failed')[0]!;
  expect(listed).toMatch(/✗ late\/one {2}safe[^✗]*\+ 1 alike: late\/two/);
  expect(listed).toMatch(/… and \d+ more kinds: see failwell-report\/report\.html, or --verbose/);
  expect(failures.match(/✗/g)!.length).toBeLessThanOrEqual(12);
  expect(text).toContain('npx failwell explain late/one');
  expect((await printed(run, { verbose: true })).match(/✗ kind/g)).toHaveLength(13);
});

test('a run that was killed still shows what there is', async () => {
  const text = await printed(aRun({ killedAfter: 14 }));
  expect(text).toContain('· interrupted');
  expect(text).toMatch(/1\d of 9\d verdicts before the run was cut off/);
});

test('a run that judged nothing says so', async () => {
  expect(await printed(aRun({ killedAfter: 0 }))).toContain('Nothing was judged');
});
