import { access, glob } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { FailwellError } from '../model/error.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Target, Words } from '../model/target.ts';
import type { Config } from './config.ts';

const names = ['failwell.config.ts', 'failwell.config.mts', 'failwell.config.js', 'failwell.config.mjs'];

const globs = z.array(z.string().min(1)).optional();
const configSchema = z.strictObject({
  targets: globs,
  scenarios: globs,
  words: globs,
  hosts: globs,
  out: z.string().min(1).optional(),
  pool: z.int().min(1).max(64).optional(),
});

const anyFunction = z.custom<(...args: never[]) => unknown>(
  (value) => typeof value === 'function',
  'expected a function',
);
const id = z.string().regex(/^[@\w.-]+(?:\/[\w.-]+)+$/, "expected an id like 'acme/gateway'");
const role = z.enum(['client', 'gateway', 'idp']);
const targetSchema = z.looseObject({
  id,
  role,
  summary: z.string(),
  capabilities: z.array(z.string()),
  declares: z.record(
    z.string(),
    z.object({
      value: z.string().regex(/^\d+(\.\d+)?(ms|s|m|h|d)$/, "expected a duration like '30s'"),
      source: z.string(),
    }),
  ),
  driver: z.looseObject({ kind: z.string(), start: anyFunction }),
});
const scenarioSchema = z.looseObject({
  id,
  role,
  cause: id,
  summary: z.string(),
  remedy: z.string(),
  needs: z.array(z.string()),
  isolation: z.enum(['shared', 'exclusive', 'fresh']),
  faults: z.array(z.looseObject({})),
  stimulus: z.array(z.looseObject({ do: z.string() })).min(1),
  expect: z.looseObject({ outcome: z.enum(['refuse', 'accept', 'either', 'observe']) }),
});
const scenariosSchema = z.union([z.array(scenarioSchema), scenarioSchema.transform((one) => [one])]);
const wordsSchema = z.record(id, z.union([z.instanceof(RegExp), z.array(z.instanceof(RegExp))]));

/** What a project's configuration came to: its folder, its settings, and what its files brought. */
export interface Project {
  readonly folder: string;
  readonly file: string | undefined;
  readonly config: Config;
  readonly targets: readonly Target[];
  readonly scenarios: readonly Scenario[];
  readonly words: readonly Words[];
}

/**
 * Loads a project's configuration and the files it names. Without a file, the defaults.
 * @param path the file asked for, or the folder in which to look for one
 * @throws FailwellError `config`: names the file, the path in it and what was expected
 */
export async function loadProject(folder: string, path?: string): Promise<Project> {
  const file = path === undefined ? await firstThere(folder) : resolve(folder, path);
  if (file === undefined) return { folder, file, config: {}, targets: [], scenarios: [], words: [] };
  const shown = relative(folder, file) || file;
  const config = parse(configSchema, await defaultExport(file, shown), shown) as Config;
  const base = dirname(file);
  const load = async <T>(patterns: readonly string[] | undefined, schema: z.ZodType) => {
    const loaded: T[] = [];
    for (const each of await filesOf(base, patterns ?? [], shown)) {
      const name = relative(folder, each);
      loaded.push(parse(schema, await defaultExport(each, name), name) as T);
    }
    return loaded;
  };
  const targets = await load<Target>(config.targets, targetSchema);
  const scenarios = await load<readonly Scenario[]>(config.scenarios, scenariosSchema);
  const words = await load<Words>(config.words, wordsSchema);
  return { folder: base, file, config, targets, scenarios: scenarios.flat(), words };
}

async function firstThere(folder: string): Promise<string | undefined> {
  for (const name of names) {
    const file = join(folder, name);
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return file;
  }
  return undefined;
}

async function filesOf(base: string, patterns: readonly string[], shown: string): Promise<readonly string[]> {
  const files = new Set<string>();
  for (const pattern of patterns) {
    const before = files.size;
    for await (const match of glob(pattern, { cwd: base, exclude: (name) => name === 'node_modules' }))
      files.add(join(base, match));
    if (files.size === before) {
      throw new FailwellError(
        'config',
        `${shown}: the pattern '${pattern}' matches no file in ${base}; correct it or create the file.`,
      );
    }
  }
  return [...files].sort();
}

async function defaultExport(file: string, shown: string): Promise<unknown> {
  let loaded: { default?: unknown };
  try {
    loaded = (await import(pathToFileURL(file).href)) as { default?: unknown };
  } catch (error) {
    const because = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new FailwellError(
      'config',
      `${shown} could not be loaded: ${because}; mend it or name another file with --config.`,
      { cause: error },
    );
  }
  if (loaded.default === undefined)
    throw new FailwellError('config', `${shown} has no default export: write 'export default …'.`);
  return loaded.default;
}

function parse(schema: z.ZodType, value: unknown, shown: string): unknown {
  const result = schema.safeParse(value);
  if (result.success) return value;
  const issue = result.error.issues[0];
  const path = issue?.path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  throw new FailwellError(
    'config',
    `${shown}: ${path === '' ? 'the default export' : path}: ${issue?.message ?? 'is not valid'}.`,
  );
}
