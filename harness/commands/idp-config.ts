import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { idpConfig } from '../admin/idp-config.ts';
import { defaultExport } from '../config/load.ts';
import { parse } from '../config/schema.ts';
import type { IdpStart } from '../idp.ts';
import { FailwellError } from '../model/error.ts';

/** What `failwell idp --config` reads: JSON, or the default export of a module. Rejects with a `FailwellError` (`config`). */
export async function readIdpConfig(folder: string, path: string): Promise<IdpStart> {
  const file = resolve(folder, path);
  const shown = relative(folder, file) || file;
  const value = file.endsWith('.json') ? await json(file, shown) : await defaultExport(file, shown);
  return parse(idpConfig, value, shown) as IdpStart;
}

async function json(file: string, shown: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((cause) => {
    throw new FailwellError('config', `${shown} could not be read: correct --config.`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FailwellError('config', `${shown} is not JSON: ${(cause as Error).message}; mend it there.`, { cause });
  }
}
