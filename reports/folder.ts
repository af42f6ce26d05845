import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FailwellError } from '../harness/model/error.ts';

/** The files that the reporters write there. */
export const fileNames = {
  record: 'run.ndjson',
  html: 'report.html',
  junit: 'junit.xml',
  markdown: 'report.md',
} as const;

/** Runs something that touches the folder; what the system refuses becomes a `config` error that says what to do. */
export function inFolder<T>(folder: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === undefined) throw cause;
    throw new FailwellError(
      'config',
      `Cannot write to '${folder}' (${code}): make it writable, or choose another folder with --out.`,
      {
        cause,
      },
    );
  }
}

/** Makes the folder and proves that a file can be written there, so that a run does not end with a report lost. */
export function prepareFolder(folder: string): void {
  inFolder(folder, () => {
    mkdirSync(folder, { recursive: true });
    const probe = join(folder, `.writable-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  });
}

/** Writes a whole file or leaves the older one as it was. */
export function writeWhole(folder: string, name: string, text: string): void {
  inFolder(folder, () => {
    const part = join(folder, `.${name}.part`);
    writeFileSync(part, text);
    renameSync(part, join(folder, name));
  });
}
