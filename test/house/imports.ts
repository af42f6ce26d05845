import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** One import of one file, type imports as well. */
export interface Import {
  /** Relative to the root. */
  readonly from: string;
  /** A file relative to the root, or a package as it is written. */
  readonly to: string;
  readonly relative: boolean;
}

const statement = /^(?:import|export)\b[^'"]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;

/** Every import of the files that these patterns match. */
export function importsOf(...patterns: readonly string[]): readonly Import[] {
  return filesOf(...patterns).flatMap((from) => {
    const text = readFileSync(join(root, from), 'utf8');
    return [...text.matchAll(statement)].map((match) => {
      const to = (match[1] ?? match[2] ?? match[3]) as string;
      const relative = to.startsWith('.');
      return { from, to: relative ? posix.join(dirname(from), to) : to, relative };
    });
  });
}

/** Files by patterns relative to the root. */
export function filesOf(...patterns: readonly string[]): readonly string[] {
  return globSync(patterns, { cwd: root }).sort();
}
