import { dirname, resolve } from 'node:path';
import { createReporters } from '../reports/create.ts';
import type { Terminal } from './compose.ts';
import { readRun } from './record/reader.ts';

/** Renders reports from a record. What a killed run left behind is rendered as far as it goes. */
export async function renderRecord(
  record: string,
  names: readonly string[],
  terminal: Terminal,
  out?: string,
): Promise<void> {
  const folder = resolve(out ?? dirname(record));
  const reporters = createReporters(names, { folder, ...terminal });
  try {
    for await (const event of readRun(record)) {
      for (const reporter of reporters) await reporter.on(event);
    }
  } finally {
    for (const reporter of reporters) await reporter[Symbol.asyncDispose]();
  }
}
