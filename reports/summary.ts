import type { Reporter } from '../harness/model/event.ts';
import { gradeOf, properties, shown } from './matrix.ts';
import { atTheEnd, type RunSoFar, totalsOf } from './run-so-far.ts';

/** Writes one JSON object when the run ends: totals and verdicts with their grades, no histories. */
export function summaryReporter(stream: { write(text: string): unknown }): Reporter {
  return atTheEnd((run) => stream.write(`${JSON.stringify(summaryOf(run), null, 2)}\n`));
}

function summaryOf(run: RunSoFar) {
  const { started, ended } = run;
  return {
    schema: started?.schema,
    failwell: started?.failwell,
    seed: started?.seed,
    at: started?.at,
    replay: started?.replay,
    interrupted: ended?.interrupted ?? true,
    exit: ended?.exit ?? null,
    milliseconds: ended?.milliseconds ?? null,
    totals: totalsOf(run),
    targets: started?.targets.map((target) => target.id) ?? [],
    verdicts: run.finished.map(({ scenario, target, verdict, milliseconds, replay }) => ({
      scenario,
      target,
      value: verdict.value,
      because: verdict.because,
      properties: Object.fromEntries(properties.map((property) => [property, shown(verdict, property)])),
      diagnosis: { caller: gradeOf(verdict, 'caller'), operator: gradeOf(verdict, 'operator') },
      milliseconds,
      replay,
    })),
    harnessErrors: run.troubles.map(({ code, message, scenario, target }) => ({ code, message, scenario, target })),
  };
}
