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

/** The option that chooses a folder. */
type Chooses = '--out' | '--har';

/** Runs something that touches the folder; what the system refuses becomes a `config` error that says what to do. */
export function inFolder<T>(folder: string, act: () => T, option: Chooses = '--out'): T {
  try {
    return act();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === undefined) throw cause;
    throw new FailwellError(
      'config',
      `Cannot write to '${folder}' (${code}): make it writable, or choose another folder with ${option}.`,
      {
        cause,
      },
    );
  }
}

/** Makes the folder and proves that a file can be written there, so that a run does not end with a report lost. */
export function prepareFolder(folder: string, option?: Chooses): void {
  const prepare = () => {
    mkdirSync(folder, { recursive: true });
    const probe = join(folder, `.writable-${process.pid}`);
    writeFileSync(probe, '');
    rmSync(probe);
  };
  inFolder(folder, prepare, option);
}

/** Writes a whole file or leaves the older one as it was. */
export function writeWhole(folder: string, name: string, text: string, option?: Chooses): void {
  const write = () => {
    const part = join(folder, `.${name}.part`);
    writeFileSync(part, text);
    renameSync(part, join(folder, name));
  };
  inFolder(folder, write, option);
}
