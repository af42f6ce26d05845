import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { FailwellError } from '../model/error.ts';
import type { RunEvent } from '../model/event.ts';
import { runEvent, schemaVersion } from './schema.ts';

/**
 * Reads a run's record: the path of an NDJSON file, or its lines. Yields its events in order, each validated, without
 * members that this version does not know. `note` gets a sentence for whatever is odd but can be read: the record of a
 * killed run has no end and may break off within a line; a newer minor version may hold events that are left out here.
 * Throws a `FailwellError` (`usage`) when there is no such file, when it is no run's record or is damaged before its
 * end, and when its schema has another major version.
 */
export async function* readRun(
  source: string | AsyncIterable<string>,
  note: (sentence: string) => void = () => {},
): AsyncGenerator<RunEvent, void, undefined> {
  const what = typeof source === 'string' ? `'${source}'` : 'This';
  let newer = false;
  let left = 0;
  let last: RunEvent | undefined;
  let broken: { readonly number: number; readonly why: string } | undefined;
  let number = 0;

  for await (const line of typeof source === 'string' ? linesOf(source) : source) {
    number += 1;
    if (line.trim() === '') continue;
    // Only the very last line may be broken: that is where a killed run stopped writing.
    if (broken !== undefined) throw damaged(what, broken);
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      broken = { number, why: 'it is no JSON' };
      continue;
    }
    if (last === undefined) newer = isNewer(what, value);
    const read = runEvent.safeParse(value);
    if (read.success) {
      last = read.data;
      yield read.data;
    } else if (newer && last !== undefined) left += 1;
    else throw damaged(what, { number, why: z.prettifyError(read.error).split('\n').slice(0, 2).join('').trim() });
  }

  if (last === undefined)
    throw new FailwellError('usage', `${what} is no record of a run: it holds no event; give the run.ndjson of a run.`);
  if (left > 0)
    note(`${left} events are of a newer kind and were left out: read this record with a newer Failwell to see them.`);
  if (broken !== undefined)
    note(`The record breaks off within line ${broken.number}: the run was killed; all before that line was read.`);
  else if (last.type !== 'run-finished')
    note(`The record ends with line ${number} before the run did: the run was killed.`);
}

/** Looks at the first event. Throws when it is none, or of a major version that this reader does not know. */
function isNewer(what: string, first: unknown): boolean {
  const { type, schema } = (typeof first === 'object' && first !== null ? first : {}) as {
    type?: unknown;
    schema?: unknown;
  };
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(String(schema)) ?? [];
  if (type !== 'run-started' || major === undefined) {
    throw new FailwellError(
      'usage',
      `${what} is no record of a run: it does not begin with 'run-started'; give the run.ndjson of a run.`,
    );
  }
  const [ownMajor, ownMinor] = schemaVersion.split('.');
  if (major !== ownMajor) {
    throw new FailwellError(
      'usage',
      `${what} has schema ${String(schema)}, and this Failwell reads ${ownMajor}.x: read it with the version that wrote it.`,
    );
  }
  return Number(minor) > Number(ownMinor);
}

function damaged(what: string, { number, why }: { readonly number: number; readonly why: string }): FailwellError {
  return new FailwellError(
    'usage',
    `${what} is damaged in line ${number} (${why}): restore the file, or delete that line.`,
  );
}

/** Lines end with a line feed and nothing else: log lines may hold what other readers take for a line's end (U+2028). */
async function* linesOf(path: string): AsyncGenerator<string> {
  try {
    let rest = '';
    for await (const chunk of createReadStream(path, { encoding: 'utf8' }) as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest !== '') yield rest;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new FailwellError('usage', `Cannot read '${path}' (${code}): give the run.ndjson of a run.`, { cause });
  }
}
