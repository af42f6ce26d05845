import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

const shared = ['driver.ts', 'log.ts', 'upstream.ts'];

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
      const written = await init(process.cwd(), flags.framework);
      for (const file of written) console.log(`wrote ${file}`);
      console.log(
        `\nLook through failwell/*/server.ts, make it set up your gateway as yours is, and run: npx failwell run --suite quick`,
      );
    });
}

/** Writes the files and returns their names. Throws `usage` when one is already there or nothing fits. */
export async function init(folder: string, asked?: string): Promise<readonly string[]> {
  const template = asked ?? (await found(folder));
  if (!frameworks.some((one) => one.template === template)) {
    throw new FailwellError(
      'usage',
      template === undefined
        ? `No framework that Failwell knows is in ${join(folder, 'package.json')}: name one with --framework (${frameworks.map((one) => one.template).join(', ')}).`
        : `There is no template '${template}': choose ${frameworks.map((one) => one.template).join(', ')}.`,
    );
  }
  const files = new Map<string, string>([
    [
      'failwell.config.ts',
      `import { defineConfig } from 'failwell';\n\nexport default defineConfig({\n  targets: ['failwell/${template}/target.ts'],\n});\n`,
    ],
  ]);
  for (const name of shared) files.set(`failwell/${name}`, await source(name));
  for (const name of ['target.ts', 'server.ts']) {
    const text = await source(`${template}/${name}`);
    files.set(`failwell/${template}/${name}`, text.replace(`id: 'node/${template}'`, `id: 'mine/${template}'`));
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
  return [...files.keys()];
}

async function found(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}');
  const { dependencies = {}, devDependencies = {} } = JSON.parse(text) as Record<string, Record<string, string>>;
  const has = new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
  return frameworks.find(({ packages }) => packages.some((name) => has.has(name)))?.template;
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
