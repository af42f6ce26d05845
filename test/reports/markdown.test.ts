import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { code, link, plain, table } from '../../reports/markdown/text.ts';
import { markdownReporter } from '../../reports/markdown.ts';
import { aRun, hostile } from './a-run.ts';
import { folder, tell } from './paper.ts';

async function written(events = aRun()): Promise<string> {
  using at = folder();
  await tell(markdownReporter(at.path), events);
  return readFileSync(join(at.path, 'report.md'), 'utf8');
}

/** The cells of a row as GitHub Flavored Markdown cuts it: at pipes without a backslash before them (§4.10). */
const cells = (row: string) => row.replace(/\\./g, '').split('|').length - 2;

test('every target has its row for each cause, with the five properties, the grade and what its log said', async () => {
  const text = await written();
  const own = text.slice(text.indexOf('\n## node/express-jwt\n'), text.indexOf('\n## node/passport-jwt\n'));
  const [head, , first] = own.split('\n').filter((line) => line.startsWith('|'));
  expect(head).toBe('| cause | scenarios | safe | signal | diagnosis | discretion | resilience | its log said |');
  expect(first).toMatch(/^\| `token\/expired` \| \d+ \| .*D\d.* \| `.+` \|$/);
  expect(text).toContain('RFC 6750 §3');
});

test('no table is broken and nothing becomes markup, whatever the targets said', async () => {
  const text = await written();
  let width = 0;
  for (const line of text.split('\n')) {
    if (!line.startsWith('|')) {
      width = 0;
      continue;
    }
    width ||= cells(line);
    expect(cells(line), line).toBe(width);
  }
  expect(text.replaceAll(/(`+)(?:(?!\1).)+\1/g, '')).not.toMatch(/<(script|img)/);
});

test('a killed run leaves what was judged', async () => {
  expect(await written(aRun({ killedAfter: 14 }))).toContain('interrupted');
});

test('any text stays in its cell, and in its code', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('`', '|', '\\', ' ', 'a') })),
      (text) => {
        const row = table(['a', 'b', 'c'], [[code(text), plain(text), link(text, text)]]).split('\n');
        expect(row).toHaveLength(3);
        expect(row[2]).toMatch(/^\| `/);
        expect(cells(row[2]!)).toBe(3);
        expect(plain(text)).not.toMatch(/(?<!\\)(\\\\)*[<|`*]/);
        const [fence = ''] = /^`+/.exec(code(text)) ?? [];
        expect(code(text).slice(fence.length, -fence.length)).not.toContain(fence);
      },
    ),
  );
  expect(plain(hostile)).not.toContain('<');
});
