import { inWords } from '../measured.ts';
import type { RunSoFar } from '../run-so-far.ts';
import { oneLine } from '../text.ts';

/** What every run measures, and nobody asked for: reports have it. */
const usual = new Set(['recovery', 'tries']);

/** What was measured on each target, beside what it declares. */
export function measuredLines(run: RunSoFar): string[] {
  return (run.started?.targets ?? []).flatMap(({ id }) => {
    const asked = run.measuredOn(id).filter(({ what }) => !usual.has(what));
    if (asked.length === 0) return [];
    return [`  ${oneLine(id)}`, ...asked.map((measured) => `    ${oneLine(measured.what)}: ${inWords(measured)}`)];
  });
}
