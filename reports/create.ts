import { isAbsolute, join, relative } from 'node:path';
import { FailwellError } from '../harness/model/error.ts';
import type { Reporter } from '../harness/model/event.ts';
import type { Exchange } from '../harness/model/exchange.ts';
import { type ConsoleOptions, consoleReporter } from './console.ts';
import { fileNames } from './folder.ts';
import { harReporter } from './har.ts';
import { htmlReporter } from './html.ts';
import { junitReporter } from './junit.ts';
import { markdownReporter } from './markdown.ts';
import { ndjsonReporter } from './ndjson.ts';
import { summaryReporter } from './summary.ts';

const reporterNames = ['console', 'ndjson', 'junit', 'html', 'markdown', 'har', 'json'] as const;
type ReporterName = (typeof reporterNames)[number];

export interface ReporterOptions extends Omit<ConsoleOptions, 'stream' | 'files'> {
  /** Where files are written; made when it is missing. */
  readonly folder: string;
  /** Where HAR files are written; the folder's own `har` when absent. */
  readonly har?: string | undefined;
  /** Gives HAR files an exchange of this run with its secrets. */
  readonly withSecrets?: (exchange: Exchange) => Exchange;
  readonly stdout: { write(text: string): unknown };
  /** Takes the console's text when `json` needs stdout for itself. */
  readonly stderr: { write(text: string): unknown };
}

/**
 * Reporters by name, each once. Throws a `FailwellError`: `usage` for a name that is none of `reporterNames`,
 * `config` when the folder cannot be written to.
 */
export function createReporters(names: readonly string[], options: ReporterOptions): Reporter[] {
  const wanted = new Set(names.map(known));
  const { folder, har = join(folder, 'har'), stdout, stderr } = options;
  const make: { readonly [N in ReporterName]: () => Reporter } = {
    ndjson: () => ndjsonReporter(folder),
    junit: () => junitReporter(folder),
    html: () => htmlReporter(folder),
    markdown: () => markdownReporter(folder),
    har: () => harReporter(har, options.withSecrets),
    json: () => summaryReporter(stdout),
    console: () =>
      consoleReporter({
        ...options,
        stream: wanted.has('json') ? stderr : stdout,
        files: {
          ...(wanted.has('ndjson') && { record: nearby(join(folder, fileNames.record)) }),
          ...(wanted.has('html') && { html: nearby(join(folder, fileNames.html)) }),
          ...(wanted.has('har') && { har: nearby(har) }),
        },
      }),
  };
  // The record comes first, so that an event is safe before anything is made of it; the console last, so that the
  // files that it names are there.
  const order: readonly ReporterName[] = ['ndjson', 'junit', 'html', 'markdown', 'har', 'json', 'console'];
  return order.filter((name) => wanted.has(name)).map((name) => make[name]());
}

/** A file's path from where the reader stands when it lies below, else the whole path. */
function nearby(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') || isAbsolute(path) ? file : path;
}

function known(name: string): ReporterName {
  const found = reporterNames.find((n) => n === name);
  if (found !== undefined) return found;
  throw new FailwellError('usage', `There is no reporter '${name}': choose from ${reporterNames.join(', ')}.`);
}
