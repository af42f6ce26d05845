import type { RunEvent } from '../../harness/model/event.ts';
import { elapsed } from '../text.ts';

/** One kind of time that was measured on a target: in milliseconds. */
export interface Measured {
  readonly what: string;
  readonly all: readonly number[];
  /** What the target declares for it. */
  readonly declared: number | undefined;
}

/** Collects the times that a run measures, by target. */
export function collectMeasures(): { on(event: RunEvent): void; of(target: string): readonly Measured[] } {
  const byTarget = new Map<string, Map<string, { what: string; all: number[]; declared: number | undefined }>>();
  return {
    on(event) {
      if (event.type !== 'entry' || event.entry.kind !== 'measure') return;
      const { what, milliseconds, declared } = event.entry;
      const kinds = byTarget.get(event.target) ?? new Map();
      byTarget.set(event.target, kinds);
      const measured = kinds.get(what) ?? { what, all: [], declared };
      kinds.set(what, measured);
      measured.all.push(milliseconds);
    },
    of: (target) => [...(byTarget.get(target)?.values() ?? [])],
  };
}

/** `120 ms in the median, 2.1 s at most (of 14), declared 5.0 s`. */
export function inWords({ all, declared }: Measured): string {
  const sorted = all.toSorted((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const most = sorted.at(-1) ?? 0;
  const figures =
    sorted.length === 1
      ? elapsed(most)
      : `${elapsed(median)} in the median, ${elapsed(most)} at most (of ${sorted.length})`;
  return declared === undefined ? figures : `${figures}, declared ${elapsed(declared)}`;
}
