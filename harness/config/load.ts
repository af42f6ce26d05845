import { access, glob } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FailwellError } from '../model/error.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Target, Words } from '../model/target.ts';
import type { Config } from './config.ts';

const names = ['failwell.config.ts', 'failwell.config.mts', 'failwell.config.js', 'failwell.config.mjs'];

/** A project's settings, and what its files bring once they are asked for. */
export interface Project {
  readonly folder: string;
  readonly config: Config;
  targets(): Promise<readonly Target[]>;
  scenarios(): Promise<readonly Scenario[]>;
  words(): Promise<readonly Words[]>;
}

/**
 * Reads a project's configuration. Without a file, the defaults.
 * @param path the file asked for; when absent it is looked for in the folder
 * @throws FailwellError `config`, also from the methods: names the file, the path in it and what was expected
 */
export async function openProject(folder: string, path?: string): Promise<Project> {
  const file = path === undefined ? await configFile(folder) : resolve(folder, path);
  const none = async () => [];
  if (file === undefined) return { folder, config: {}, targets: none, scenarios: none, words: none };
  if (!(await there(file)))
    throw new FailwellError(
      'config',
      `There is no configuration file '${path}': correct --config, or write one with 'failwell init'.`,
    );
  // Validation is loaded only where there is something to validate.
  const schemas = await import('./schema.ts');
  const shown = relative(folder, file) || file;
  const base = dirname(file);
  const config = schemas.parse(schemas.configSchema, await defaultExport(file, shown), shown) as Config;
  const load = async (patterns: readonly string[] = [], schema: Parameters<typeof schemas.parse>[0]) => {
    const loaded: unknown[] = [];
    for (const each of await filesOf(base, patterns, shown)) {
      const name = relative(folder, each);
      loaded.push(schemas.parse(schema, await defaultExport(each, name), name));
    }
    return loaded;
  };
  return {
    folder: base,
    config,
    targets: async () => (await load(config.targets, schemas.targetSchema)) as Target[],
    scenarios: async () => (await load(config.scenarios, schemas.scenariosSchema)).flat() as Scenario[],
    words: async () => (await load(config.words, schemas.wordsSchema)) as Words[],
  };
}

/** The configuration file in a folder, if there is one. */
export async function configFile(folder: string): Promise<string | undefined> {
  for (const name of names) {
    const file = join(folder, name);
    if (await there(file)) return file;
  }
  return undefined;
}

async function there(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

async function filesOf(base: string, patterns: readonly string[], shown: string): Promise<readonly string[]> {
  const files = new Set<string>();
  for (const pattern of patterns) {
    let found = false;
    for await (const match of glob(pattern, { cwd: base, exclude: (name) => name === 'node_modules' })) {
      files.add(resolve(base, match));
      found = true;
    }
    if (!found) {
      throw new FailwellError(
        'config',
        `${shown}: the pattern '${pattern}' matches no file in ${base}; correct it or create the file.`,
      );
    }
  }
  return [...files].sort();
}

/** What a module exports by default. Rejects with a `FailwellError` (`config`); `shown` is what to call the file. */
export async function defaultExport(file: string, shown: string): Promise<unknown> {
  let loaded: { default?: unknown };
  try {
    loaded = (await import(pathToFileURL(file).href)) as { default?: unknown };
  } catch (error) {
    const because = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new FailwellError('config', `${shown} could not be loaded: ${because}; ${wayOut(shown, error)}.`, {
      cause: error,
    });
  }
  if (loaded.default === undefined)
    throw new FailwellError('config', `${shown} has no default export: write 'export default …'.`);
  return loaded.default;
}

/** Where package.json does not say `"type": "module"`, Node takes a file that ends in .ts or .js for CommonJS. */
function wayOut(shown: string, error: unknown): string {
  const misread = error instanceof SyntaxError && /'export'|import statement/.test(error.message);
  if (!misread || !/\.[jt]s$/.test(shown)) return 'mend it there';
  return `name it ${shown.replace(/\.([jt]s)$/, '.m$1')}, or write "type": "module" in package.json`;
}
