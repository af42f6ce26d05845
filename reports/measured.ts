import type { RunEvent } from '../harness/model/event.ts';
import { elapsed } from './text.ts';

/** One kind of time or number that was measured on a target. */
export interface Measured {
  readonly what: string;
  readonly unit: 'ms' | 'times';
  readonly all: readonly number[];
  /** Some had not come to their end when nobody waited any longer. */
  readonly over: boolean;
  /** What the target declares for it. */
  readonly declared: number | undefined;
}

/** Collects what a run measures, by target. */
export function collectMeasures(): { on(event: RunEvent): void; of(target: string): readonly Measured[] } {
  type Growing = { -readonly [M in keyof Measured]: Measured[M] } & { all: number[] };
  const byTarget = new Map<string, Map<string, Growing>>();
  return {
    on(event) {
      if (event.type !== 'entry') return;
      const { entry, target } = event;
      if (entry.kind !== 'measure' && entry.kind !== 'count') return;
      const kinds = byTarget.get(target) ?? new Map<string, Growing>();
      byTarget.set(target, kinds);
      const time = entry.kind === 'measure';
      const { what } = entry;
      const measured = kinds.get(what) ?? {
        what,
        unit: time ? ('ms' as const) : ('times' as const),
        all: [],
        over: false,
        declared: time ? entry.declared : undefined,
      };
      kinds.set(what, measured);
      measured.all.push(time ? entry.milliseconds : entry.count);
      if (time && entry.over === true) measured.over = true;
    },
    of: (target) => [...(byTarget.get(target)?.values() ?? [])].toSorted((a, b) => (a.what < b.what ? -1 : 1)),
  };
}

/** `120 ms in the median, over 65.0 s at most (of 14), declared 5.0 s`. */
export function inWords({ all, unit, over, declared }: Measured): string {
  const shown = (value: number) => (unit === 'ms' ? elapsed(value) : String(value));
  const sorted = all.toSorted((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const most = `${over ? 'over ' : ''}${shown(sorted.at(-1) ?? 0)}`;
  const figures = sorted.length === 1 ? most : `${shown(median)} in the median, ${most} at most (of ${sorted.length})`;
  return declared === undefined ? figures : `${figures}, declared ${shown(declared)}`;
}
