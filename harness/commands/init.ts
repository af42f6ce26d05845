import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Command } from 'commander';
import { FailwellError } from '../model/error.ts';

/** The templates and the packages that tell that a project uses them. Also the names of their folders. */
const frameworks = [
  { template: 'express-oauth2-jwt-bearer', packages: ['express-oauth2-jwt-bearer'] },
  { template: 'express-jwt', packages: ['express-jwt'] },
  { template: 'passport-jwt', packages: ['passport-jwt'] },
  { template: 'fastify-jwt', packages: ['@fastify/jwt'] },
  { template: 'aws-jwt-verify', packages: ['aws-jwt-verify'] },
  { template: 'koa-jwt', packages: ['koa-jwt'] },
  { template: 'hono', packages: ['hono'] },
] as const;

export function addInit(program: Command): void {
  program
    .command('init')
    .summary('write a config and a first target for the framework found here')
    .description(
      "Writes failwell.config.ts and failwell/ with a target for the framework in this folder's package.json. Overwrites nothing.",
    )
    .option('--framework <name>', `instead of the one found: ${frameworks.map(({ template }) => template).join(', ')}`)
    .addHelpText('after', '\nExample:\n  failwell init && npx failwell run --suite quick')
    .action(async (flags: { framework?: string }) => {
      const { files, missing } = await init(process.cwd(), flags.framework);
      for (const file of files) console.log(`wrote ${file}`);
      const server = files.find((file) => /server\.m?ts$/.test(file));
      console.log(`\nMake ${server} set up your gateway as yours is, and run:`);
      if (missing.length > 0) console.log(`  npm install --save-dev ${missing.join(' ')}`);
      console.log('  npx failwell run --suite quick');
    });
}

/**
 * Writes the files. Resolves to their names and to the packages that they import and the project does not list.
 * Throws `usage` when a file is already there or nothing fits.
 */
async function init(folder: string, asked: string | undefined) {
  const manifest = await manifestOf(folder);
  const template = asked ?? frameworkOf(manifest);
  if (!frameworks.some((one) => one.template === template)) {
    throw new FailwellError(
      'usage',
      template === undefined
        ? `No framework that Failwell knows is in ${join(folder, 'package.json')}: name one with --framework (${frameworks.map((one) => one.template).join(', ')}), or write a target by hand as the README shows.`
        : `There is no template '${template}': choose ${frameworks.map((one) => one.template).join(', ')}.`,
    );
  }
  // Where .ts files are not ES modules, .mts files still are.
  const extension = manifest.type === 'module' ? '.ts' : '.mts';
  const files = new Map<string, string>();
  const add = (name: string, text: string) =>
    files.set(name.replace(/\.ts$/, extension), text.replaceAll(/(?<='[\w./-]+)\.ts(?=')/g, extension));
  add(
    'failwell.config.ts',
    `import { defineConfig } from 'failwell';\n\nexport default defineConfig({\n  targets: ['failwell/${template}/target.ts'],\n});\n`,
  );
  for (const [name, text] of await sources([`${template}/target.ts`, `${template}/server.ts`])) {
    add(`failwell/${name}`, text.replace(`id: 'node/${template}'`, `id: 'mine/${template}'`));
  }
  for (const name of files.keys()) {
    if (await there(join(folder, name))) {
      throw new FailwellError(
        'usage',
        `${name} is there already and nothing was written: move it away, or edit it by hand.`,
      );
    }
  }
  for (const [name, text] of files) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const listed = { ...manifest.dependencies, ...manifest.devDependencies };
  const missing = packagesIn([...files.values()].join('\n')).filter((name) => !(name in listed));
  return { files: [...files.keys()], missing };
}

/** The npm packages that a text imports. */
function packagesIn(text: string): readonly string[] {
  const names = text.matchAll(/ from '((?:@[\w-]+\/)?[\w-]+)(?:\/[^']*)?'/g);
  return [...new Set([...names].map((match) => match[1] as string))].sort();
}

interface Manifest {
  readonly type?: string;
  readonly dependencies?: { readonly [name: string]: string };
  readonly devDependencies?: { readonly [name: string]: string };
}

async function manifestOf(folder: string): Promise<Manifest> {
  const file = join(folder, 'package.json');
  const text = await readFile(file, 'utf8').catch(() => '{}');
  try {
    return JSON.parse(text) as Manifest;
  } catch (cause) {
    throw new FailwellError('usage', `${file} is not JSON: mend it first.`, { cause });
  }
}

function frameworkOf({ dependencies, devDependencies }: Manifest): string | undefined {
  const has = { ...dependencies, ...devDependencies };
  return frameworks.find(({ packages }) => packages.some((name) => name in has))?.template;
}

/** These templates and all that they import. */
async function sources(names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const queue = [...names];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (found.has(name)) continue;
    const text = await source(name);
    found.set(name, text);
    for (const [, to] of text.matchAll(/ from '(\.[^']+)'/g)) queue.push(posix.join(posix.dirname(name), to as string));
  }
  return found;
}

/** A template, with this project's own modules imported from the package. */
async function source(name: string): Promise<string> {
  for (const base of ['../../targets/node/', '../../../templates/']) {
    const text = await readFile(new URL(base + name, import.meta.url), 'utf8').catch(() => undefined);
    if (text !== undefined) return text.replaceAll(/'(?:\.\.\/)+harness\/[\w/-]+\.ts'/g, "'failwell'");
  }
  throw new FailwellError('harness', `The template ${name} is missing from this installation: install failwell again.`);
}

async function there(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}
