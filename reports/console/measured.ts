import { inWords } from '../measured.ts';
import type { RunSoFar } from '../run-so-far.ts';
import { oneLine } from '../text.ts';

/** What was measured on each target, beside what it declares: as many of them on a line as fit, each whole. */
export function measuredLines(run: RunSoFar, width: number): string[] {
  return (run.started?.targets ?? []).flatMap(({ id }, i) => {
    const items = run.measuredOn(id).map((measured) => `${oneLine(measured.what)}: ${inWords(measured)}`);
    return items.length === 0
      ? []
      : [
          `${String(i + 1).padStart(4)} ${oneLine(id)}`,
          ...packed(items, width - indent.length).map((line) => indent + line),
        ];
  });
}

const indent = '       ';

function packed(items: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 3 + item.length <= width) lines[lines.length - 1] = `${last} · ${item}`;
    else lines.push(item);
  }
  return lines;
}
