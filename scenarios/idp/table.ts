import type { CauseId } from '../../harness/model/cause.ts';
import type { PlacedFault } from '../../harness/model/fault.ts';
import type { Expectation, Isolation, Scenario } from '../../harness/model/scenario.ts';
import type { Step } from '../../harness/model/step.ts';

/** What the scenarios of one family have in common. */
export interface Family {
  /** `code-reuse`: the name of the file. */
  readonly family: string;
  readonly cause: CauseId;
  readonly remedy: string;
  readonly needs?: readonly string[];
  readonly isolation?: Isolation;
  /** What comes before the steps of every variant. */
  readonly before?: readonly Step[];
  readonly faults?: readonly PlacedFault[];
}

/** One thing that is wrong, and what should come of it. */
export interface Variant {
  /** One sentence: what is wrong. */
  readonly summary: string;
  /** What is done; the last step is judged. */
  readonly does: Step | readonly Step[];
  readonly expect: Expectation;
  readonly cause?: CauseId;
  readonly needs?: readonly string[];
  readonly isolation?: Isolation;
  readonly slow?: true;
}

/** One scenario a row. Each gets codes and tokens of its own, so that they can share an instance. */
export function table(common: Family, variants: { readonly [variant: string]: Variant }): readonly Scenario[] {
  return Object.entries(variants).map(([variant, row]) => {
    const isolation = row.isolation ?? common.isolation ?? 'shared';
    return {
      id: `idp/${common.family}/${variant}`,
      role: 'idp',
      cause: row.cause ?? common.cause,
      summary: row.summary,
      remedy: common.remedy,
      needs: [...(common.needs ?? []), ...(row.needs ?? [])],
      isolation,
      faults: common.faults ?? [],
      stimulus: [...(common.before ?? []), ...[row.does].flat()],
      expect: row.expect,
      ...(row.slow && { slow: row.slow }),
    };
  });
}
