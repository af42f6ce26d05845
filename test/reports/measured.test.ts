import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../harness/model/event.ts';
import type { Occurrence } from '../../harness/model/history.ts';
import { consoleReporter } from '../../reports/console.ts';
import { htmlReporter } from '../../reports/html.ts';
import { markdownReporter } from '../../reports/markdown.ts';
import { aRun } from './a-run.ts';
import { folder, paper, tell } from './paper.ts';

/** A run in which these were measured on its targets, in their order. */
function measuring(...byTarget: readonly (readonly Occurrence[])[]): RunEvent[] {
  const events = aRun({ targets: byTarget.length });
  const at = events.findIndex(({ type }) => type === 'entry');
  const [started] = events as [Extract<RunEvent, { type: 'run-started' }>];
  const { scenario } = events[at] as Extract<RunEvent, { type: 'entry' }>;
  const measured = byTarget.flatMap((occurrences, index) =>
    occurrences.map((occurrence, n) => ({
      type: 'entry' as const,
      scenario,
      target: started.targets[index]!.id,
      entry: { seq: 1_000 + n, at: 1_000, ...occurrence },
    })),
  );
  return [...events.slice(0, at), ...measured, ...events.slice(at)];
}

const events = measuring(
  [
    { kind: 'measure', what: 'leeway', milliseconds: 4_000, declared: 5_000 },
    { kind: 'measure', what: 'give-up', milliseconds: 2_000, declared: 2_000 },
    { kind: 'measure', what: 'give-up', milliseconds: 65_000, declared: 2_000, over: true },
    { kind: 'count', what: 'tries', count: 3 },
    { kind: 'count', what: 'tries', count: 1 },
    { kind: 'count', what: 'tries', count: 1 },
  ],
  [
    { kind: 'measure', what: 'recovery', milliseconds: 20, declared: 2_000 },
    { kind: 'measure', what: 'recovery', milliseconds: 20, declared: 2_000 },
    { kind: 'measure', what: 'wait after Retry-After: 1', milliseconds: 1_100 },
  ],
);
const giveUp = '2.0 s in the median, over 1 min 5 s at most (of 2), declared 2.0 s';

test('the console shows what was measured beside what is declared, and only where something was', async () => {
  const stream = paper();
  await tell(consoleReporter({ stream, colour: false, live: false }), events);
  const text = stream.text();
  expect(text).toContain(
    [
      'Measured',
      '   1 reference/gateway',
      `       give-up: ${giveUp}`,
      '       leeway: 4.0 s, declared 5.0 s · tries: 1 in the median, 3 at most (of 3)',
      '   2 node/express-oauth2-jwt-bearer',
      '       recovery: 20 ms (each of 2), declared 2.0 s · wait after Retry-After: 1: 1.1 s',
      '',
      '',
    ].join('\n'),
  );
  const none = paper();
  await tell(consoleReporter({ stream: none, colour: false, live: false }), aRun());
  expect(none.text()).not.toContain('Measured');
});

test('Markdown and HTML have it all, tries too', async () => {
  using at = folder();
  await tell(markdownReporter(at.path), events);
  await tell(htmlReporter(at.path), events);
  const markdown = readFileSync(join(at.path, 'report.md'), 'utf8');
  expect(markdown).toContain(`| give-up | ${giveUp} |`);
  expect(markdown).toContain('| tries | 1 in the median, 3 at most (of 3) |');
  const html = readFileSync(join(at.path, 'report.html'), 'utf8');
  const [, overview = ''] = /<script[^>]*id="overview"[^>]*>(.*?)<\/script>/s.exec(html) ?? [];
  const { targets } = JSON.parse(overview) as { targets: { id: string; measured: object[] }[] };
  expect(targets[0]).toMatchObject({ id: 'reference/gateway' });
  expect(targets[0]?.measured).toEqual([
    { what: 'give-up', figures: '2.0 s in the median, over 1 min 5 s at most (of 2)', declared: '2.0 s' },
    { what: 'leeway', figures: '4.0 s', declared: '5.0 s' },
    { what: 'tries', figures: '1 in the median, 3 at most (of 3)' },
  ]);
  expect(targets[1]?.measured).toEqual([
    { what: 'recovery', figures: '20 ms (each of 2)', declared: '2.0 s' },
    { what: 'wait after Retry-After: 1', figures: '1.1 s' },
  ]);
});
