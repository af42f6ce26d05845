import type { Totals } from '../model/event.ts';

/**
 * The exit code of a run: 0 every verdict passed, warned or noted; 1 at least one failed; 2 nothing was judged;
 * 3 the harness itself failed; 4 none failed but some are inconclusive; 130 interrupted. `allowInconclusive` turns 4
 * into 0; `exitZero` turns 1 and 4 into 0, for a run that is there to show what it finds.
 */
export function exitCode(run: {
  readonly totals: Totals;
  readonly errors: number;
  readonly interrupted: boolean;
  readonly allowInconclusive: boolean;
  readonly exitZero: boolean;
}): number {
  const { totals, errors, interrupted, allowInconclusive, exitZero } = run;
  if (interrupted) return 130;
  if (errors > 0) return 3;
  const judged = totals.pass + totals.note + totals.warn + totals.fail + totals.inconclusive + totals.waived;
  if (judged === 0) return 2;
  if (exitZero) return 0;
  if (totals.fail > 0) return 1;
  return totals.inconclusive > 0 && !allowInconclusive ? 4 : 0;
}
