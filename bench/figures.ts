/** One line of the result: what was measured, and the figure beside what it must reach. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | '×';
  /** What the value must not exceed. */
  readonly limit?: number;
  /** How it came about, in a few words. */
  readonly note?: string;
}

/** The middle value; the mean of the two middle ones of an even number. `NaN` for none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** The figures as a table. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, limit, note }) => {
    const digits = unit === '×' ? 2 : value < 10 ? 1 : 0;
    const held = limit === undefined ? '' : `${value <= limit ? 'within' : 'ABOVE'} ${limit} ${unit}`;
    return [name, `${value.toFixed(digits)} ${unit}`, held, note ?? ''] as const;
  });
  const width = (column: 0 | 1 | 2) => Math.max(...rows.map((row) => row[column].length));
  return rows
    .map(([name, value, held, note]) =>
      `${name.padEnd(width(0))}  ${value.padStart(width(1))}  ${held.padEnd(width(2))}  ${note}`.trimEnd(),
    )
    .join('\n');
}
