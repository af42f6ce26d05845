import { closeSync, existsSync, openSync, readSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter } from '../harness/model/event.ts';
import { fileNames, inFolder, prepareFolder } from './folder.ts';

/**
 * Writes the run's record: each event as one line of `run.ndjson`, handed to the system within the turn of the event
 * loop in which it happened, so a killed run keeps every line up to that. A record that is already there is kept as
 * `run-<when it began>.ndjson`. Throws a `FailwellError` (`config`) when the folder cannot be written to.
 */
export function ndjsonReporter(folder: string): Reporter {
  prepareFolder(folder);
  const file = inFolder(folder, () => {
    const path = join(folder, fileNames.record);
    keepOlder(folder, path);
    return openSync(path, 'wx');
  });
  let open = true;
  let lines = '';
  let failure: unknown;

  function flush(): void {
    const bytes = Buffer.from(lines);
    lines = '';
    inFolder(folder, () => {
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    });
  }
  function flushLater(): void {
    if (lines === '' || !open) return;
    try {
      flush();
    } catch (error) {
      failure = error;
    }
  }
  process.once('exit', flushLater);

  return {
    on(event) {
      if (failure !== undefined) throw failure;
      if (lines === '') setImmediate(flushLater);
      lines += `${JSON.stringify(event)}\n`;
    },
    async [Symbol.asyncDispose]() {
      if (!open) return;
      process.off('exit', flushLater);
      try {
        flush();
        if (failure !== undefined) throw failure;
      } finally {
        open = false;
        closeSync(file);
      }
    },
  };
}

function keepOlder(folder: string, path: string): void {
  if (!existsSync(path)) return;
  // Colons are no part of a file name on every system.
  const stem = `run-${beganAt(path).replaceAll(':', '-')}`;
  let name = `${stem}.ndjson`;
  for (let n = 2; existsSync(join(folder, name)); n += 1) name = `${stem}-${n}.ndjson`;
  renameSync(path, join(folder, name));
}

/** When the older run began, by its first line; when its file was last changed, if that line does not say. */
function beganAt(path: string): string {
  const head = Buffer.alloc(512);
  const file = openSync(path, 'r');
  try {
    const text = head.toString('utf8', 0, readSync(file, head, 0, head.length, 0));
    const at = /"at":"(\d{4}-\d\d-\d\dT[\d:.]+Z)"/.exec(text)?.[1];
    return at ?? statSync(path).mtime.toISOString();
  } finally {
    closeSync(file);
  }
}
