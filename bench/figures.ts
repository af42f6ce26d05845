/** One line of the result: what was measured, and the figure beside what it must reach. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB' | '×' | '/s';
  /** What the value must not exceed. */
  readonly limit?: number;
  /** What the value must not fall below. */
  readonly atLeast?: number;
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
  const rows = figures.map((figure) => {
    const { name, value, unit, note } = figure;
    const digits = unit === '×' ? 2 : value < 10 ? 1 : 0;
    return [name, `${value.toFixed(digits)} ${unit}`, held(figure), note ?? ''] as const;
  });
  const width = (column: 0 | 1 | 2) => Math.max(...rows.map((row) => row[column].length));
  return rows
    .map(([name, value, held, note]) =>
      `${name.padEnd(width(0))}  ${value.padStart(width(1))}  ${held.padEnd(width(2))}  ${note}`.trimEnd(),
    )
    .join('\n');
}

function held({ value, unit, limit, atLeast }: Figure): string {
  if (limit !== undefined) return `${value <= limit ? 'within' : 'ABOVE'} ${limit} ${unit}`;
  if (atLeast !== undefined) return `${value >= atLeast ? 'reaches' : 'BELOW'} ${atLeast} ${unit}`;
  return '';
}
