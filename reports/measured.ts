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
export function inWords(measured: Measured): string {
  const declared = declaredIn(measured);
  return declared === undefined ? figuresOf(measured) : `${figuresOf(measured)}, declared ${declared}`;
}

/** `120 ms in the median, over 65.0 s at most (of 14)`; `1 (each of 12)` where all are the same. */
export function figuresOf({ all, unit, over }: Measured): string {
  const sorted = all.toSorted((a, b) => a - b);
  const [least = 0] = sorted;
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const last = sorted.at(-1) ?? 0;
  const most = `${over ? 'over ' : ''}${told(last, unit)}`;
  if (sorted.length === 1) return most;
  return least === last && !over
    ? `${most} (each of ${sorted.length})`
    : `${told(median, unit)} in the median, ${most} at most (of ${sorted.length})`;
}

export function declaredIn({ declared, unit }: Measured): string | undefined {
  return declared === undefined ? undefined : told(declared, unit);
}

function told(value: number, unit: Measured['unit']): string {
  return unit === 'ms' ? elapsed(value) : String(value);
}
