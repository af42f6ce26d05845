import { readFileSync } from 'node:fs';

/** The version of this package, read from the nearest `package.json` above this file (checkout or installed). */
export function version(): string {
  for (const up of ['../package.json', '../../package.json']) {
    try {
      const { name, version } = JSON.parse(readFileSync(new URL(up, import.meta.url), 'utf8')) as Record<
        string,
        string
      >;
      if (name === 'failwell' && version !== undefined) return version;
    } catch {
      // Not there: the next one up.
    }
  }
  return 'unknown';
}
