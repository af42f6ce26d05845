import { oneLine } from '../text.ts';

/** Text as it stands, on one line: nothing in it is markup (CommonMark §2.4), nor ends a cell of a table. */
export function plain(text: string, most?: number): string {
  return oneLine(text, most).replace(/[\\`*_{}[\]<>&#|~!]/g, (c) =>
    c === '<' ? '&lt;' : c === '&' ? '&amp;' : `\\${c}`,
  );
}

/** Text as code on one line, for a cell of a table, too. Nothing in it can end the code (CommonMark §6.1). */
export function code(text: string, most = 160): string {
  const line = oneLine(text, most)
    .replace(/\\+(?=\|)/g, '$& ')
    .replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || line === '' ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A table; cells are Markdown already. `right` are the columns of numbers. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, at) => (right.includes(at) ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

/** A link; nothing in the address can end it. */
export function link(text: string, href: string): string {
  return `[${plain(text)}](${href.replace(/[\s()<>|\\]/g, encodeURIComponent).replace(/[()]/g, (c) => (c === '(' ? '%28' : '%29'))})`;
}
