import { dirname, resolve } from 'node:path';
import { createReporters } from '../reports/create.ts';
import type { Terminal } from './compose.ts';
import { FailwellError } from './model/error.ts';
import { readRun } from './record/reader.ts';
import { mergeRuns } from './run/merge.ts';

/**
 * Renders reports from a record, or from several as from one: shards, or a run and what was run again. What a killed
 * run left behind is rendered as far as it goes.
 */
export async function renderRecords(
  records: readonly [string, ...string[]],
  names: readonly string[],
  terminal: Terminal,
  out?: string,
): Promise<void> {
  const folder = resolve(out ?? dirname(records[0]));
  // What is being read must not be written.
  if (names.includes('ndjson') && records.some((record) => dirname(resolve(record)) === folder))
    throw new FailwellError('usage', `A record lies in ${folder} already: name another folder with --out.`);
  const reporters = createReporters(names, { folder, ...terminal });
  try {
    const [first, ...more] = records;
    const events = more.length === 0 ? readRun(first) : mergeRuns(records.map((record) => () => readRun(record)));
    for await (const event of events) {
      for (const reporter of reporters) await reporter.on(event);
    }
  } finally {
    for (const reporter of reporters) await reporter[Symbol.asyncDispose]();
  }
}
