import type { Reporter } from '../harness/model/event.ts';
import { fileNames, prepareFolder, writeWhole } from './folder.ts';
import { detailOf, evidenceOf, overviewOf } from './html/data.ts';
import { fitting, openHistories } from './html/keep.ts';
import { embedded, pageOf } from './html/page.ts';
import { atTheEnd, type ScenarioFinished } from './run-so-far.ts';

/** Bytes of all details together, and of the largest. What one detail leaves, later ones may use. */
const budget = { all: 10_000_000, one: 40_000, least: 2_000 };

/**
 * Writes `report.html` when the run ends, also after an interruption: one file that opens from disk and asks the
 * network for nothing. Its size is bounded, whatever the targets answered; a detail says how many entries it leaves
 * out (the run's record has them all). Throws a `FailwellError` (`config`) when the folder cannot be written to.
 */
export function htmlReporter(folder: string): Reporter {
  prepareFolder(folder);
  const histories = openHistories();
  const details: string[] = [];
  let left = budget.all;
  let planned = 0;

  const keep = (finished: ScenarioFinished) => {
    const { entries, left: unseen } = histories.take(finished);
    const share = left / Math.max(1, planned - details.length);
    const { kept, dropped } = fitting(
      entries,
      evidenceOf(finished),
      Math.min(budget.one, Math.max(budget.least, share)),
    );
    const detail = embedded(detailOf(finished, kept, dropped + unseen));
    left -= Buffer.byteLength(detail);
    details.push(detail);
  };
  return atTheEnd(
    (run) => writeWhole(folder, fileNames.html, pageOf(embedded(overviewOf(run)), details)),
    (event) => {
      if (event.type === 'run-started') planned = event.planned;
      else if (event.type === 'entry') histories.add(event);
      else if (event.type === 'scenario-finished') keep(event);
    },
  );
}
