import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type Command, Option } from 'commander';
import { FailwellError } from '../model/error.ts';
import { remoteTarget } from './init-idp.ts';

/** The templates and the packages that tell that a project uses them. Also the names of their folders. */
const frameworks = [
  { template: 'express-oauth2-jwt-bearer', role: 'gateway', packages: ['express-oauth2-jwt-bearer'] },
  { template: 'express-jwt', role: 'gateway', packages: ['express-jwt'] },
  { template: 'passport-jwt', role: 'gateway', packages: ['passport-jwt'] },
  { template: 'fastify-jwt', role: 'gateway', packages: ['@fastify/jwt'] },
  { template: 'aws-jwt-verify', role: 'gateway', packages: ['aws-jwt-verify'] },
  { template: 'koa-jwt', role: 'gateway', packages: ['koa-jwt'] },
  { template: 'hono', role: 'gateway', packages: ['hono'] },
  { template: 'openid-client', role: 'client', packages: ['openid-client'] },
  { template: 'passport-openidconnect', role: 'client', packages: ['passport-openidconnect'] },
  { template: 'msal-node', role: 'client', packages: ['@azure/msal-node'] },
  { template: 'google-auth-library', role: 'client', packages: ['google-auth-library'] },
  { template: 'simple-oauth2', role: 'client', packages: ['simple-oauth2'] },
  { template: 'oidc-provider', role: 'idp', packages: ['oidc-provider'] },
  { template: 'node-oauth2-server', role: 'idp', packages: ['@node-oauth/oauth2-server'] },
] as const;

type Framework = (typeof frameworks)[number];
const roles = ['gateway', 'client', 'idp'] as const;
const words = { gateway: 'gateway', client: 'client', idp: 'IdP' } as const;

interface Flags {
  readonly framework?: string;
  readonly role?: (typeof roles)[number];
  readonly issuer?: string;
}

export function addInit(program: Command): void {
  const named = (role: Framework['role']) =>
    frameworks
      .filter((one) => one.role === role)
      .map(({ template }) => template)
      .join(', ');
  program
    .command('init')
    .summary('write a config and a first target for the framework found here, or for an IdP that runs')
    .description(
      "Writes failwell.config.ts and failwell/ with a target for the framework in this folder's package.json, or for an IdP at a URL. Overwrites nothing.",
    )
    .option('--framework <name>', 'instead of the one found')
    .addOption(new Option('--role <role>', 'what of a project that has several').choices(roles))
    .option('--issuer <url>', 'an IdP that runs elsewhere; what it can do is read from its discovery document')
    .addHelpText(
      'after',
      `
Frameworks:
  gateways  ${named('gateway')}
  clients   ${named('client')}
  IdPs      ${named('idp')}

Examples:
  failwell init && npx failwell run --suite quick
  failwell init --role client
  failwell init --issuer https://idp.example/realms/a`,
    )
    .action(async (flags: Flags) => {
      if (flags.issuer !== undefined) await initIdp(flags.issuer, flags);
      else await initFramework(flags);
    });
}

async function initFramework(flags: Flags): Promise<void> {
  const folder = process.cwd();
  const manifest = await manifestOf(folder);
  const { template, role, others } = chosen(manifest, folder, flags);
  const files = new Map<string, string>();
  const found = await sources(template);
  for (const [name, text] of found)
    files.set(`failwell/${name}`, text.replace(`id: 'node/${template}'`, `id: 'mine/${template}'`));
  const written = await write(folder, manifest, [`failwell/${template}/target.ts`], files);
  const missing = packagesIn([...found.values()].join('\n')).filter(
    (name) => !(name in { ...manifest.dependencies, ...manifest.devDependencies }),
  );
  const program = written.find((file) => /(?:server|client)\.m?ts$/.test(file) && file.includes(`/${template}/`));
  console.log(`\nMake ${program} set up your ${words[role]} as yours is, and run:`);
  if (missing.length > 0) console.log(`  npm install --save-dev ${missing.join(' ')}`);
  console.log('  npx failwell run --suite quick');
  if (others.length > 0)
    console.log(
      `\nAlso found: ${others.join(', ')}. In another folder, or with the config moved away, --framework takes one.`,
    );
}

async function initIdp(issuer: string, { framework, role }: Flags): Promise<void> {
  if (framework !== undefined || (role !== undefined && role !== 'idp'))
    throw new FailwellError('usage', '--issuer names an IdP that runs: leave out --framework and any other --role.');
  if (!/^https?:\/\//.test(issuer) || !URL.canParse(issuer))
    throw new FailwellError('usage', `'${issuer}' is no URL: write the issuer in full, as in https://idp.example.`);
  const folder = process.cwd();
  const manifest = await manifestOf(folder);
  const { text, said } = await remoteTarget(issuer);
  const files = new Map([['failwell/idp/target.ts', text]]);
  const written = await write(folder, manifest, ['failwell/idp/target.ts'], files, [new URL(issuer).hostname]);
  const target = written.find((file) => file.includes('/idp/'));
  const lacks = 'failwell' in { ...manifest.dependencies, ...manifest.devDependencies } ? [] : ['failwell'];
  console.log(`\n${said}`);
  console.log(`Name a client and a test user in ${target}, and run:`);
  if (lacks.length > 0) console.log('  npm install --save-dev failwell');
  console.log('  IDP_CLIENT_SECRET=… IDP_PASSWORD=… npx failwell learn mine/idp     # how its pages are filled in');
  console.log('  IDP_CLIENT_SECRET=… IDP_PASSWORD=… npx failwell run --suite quick');
}

/** The template that was asked for, or the first one whose package the project has. */
function chosen(
  manifest: Manifest,
  folder: string,
  { framework, role }: Flags,
): Framework & { others: readonly string[] } {
  const eligible = frameworks.filter((one) => role === undefined || one.role === role);
  const names = eligible.map(({ template }) => template).join(', ');
  if (framework !== undefined) {
    const asked = eligible.find(({ template }) => template === framework);
    if (asked !== undefined) return { ...asked, others: [] };
    throw new FailwellError(
      'usage',
      `There is no template '${framework}'${role ? ` for a ${words[role]}` : ''}: choose ${names}.`,
    );
  }
  const has = { ...manifest.dependencies, ...manifest.devDependencies };
  const [first, ...others] = eligible.filter(({ packages }) => packages.some((name) => name in has));
  if (first !== undefined) return { ...first, others: others.map(({ template }) => template) };
  const what = role === undefined ? 'No framework' : `No framework for a ${words[role]}`;
  throw new FailwellError(
    'usage',
    `${what} that Failwell knows is in ${join(folder, 'package.json')}: name one with --framework (${names}), an IdP that runs with --issuer, or write a target by hand as the README shows.`,
  );
}

/**
 * Writes a config for these targets and the files. Resolves to the names of all. Throws `usage` when a file is already
 * there.
 */
async function write(
  folder: string,
  manifest: Manifest,
  targets: readonly string[],
  sources: ReadonlyMap<string, string>,
  hosts: readonly string[] = [],
): Promise<readonly string[]> {
  // Where .ts files are not ES modules, .mts files still are.
  const extension = manifest.type === 'module' ? '.ts' : '.mts';
  const config = [
    `  targets: [${targets.map((target) => `'${target}'`).join(', ')}],`,
    ...(hosts.length === 0 ? [] : [`  hosts: [${hosts.map((host) => `'${host}'`).join(', ')}],`]),
  ];
  const all = new Map([
    [
      'failwell.config.ts',
      `import { defineConfig } from 'failwell';\n\nexport default defineConfig({\n${config.join('\n')}\n});\n`,
    ],
    ...sources,
  ]);
  const files = new Map(
    [...all].map(([name, text]) => [
      name.replace(/\.ts$/, extension),
      text.replaceAll(/(?<='[\w./-]+)\.ts(?=')/g, extension),
    ]),
  );
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
    console.log(`wrote ${name}`);
  }
  return [...files.keys()];
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

/** The files of a template and all that they import. */
async function sources(template: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const queue = [`${template}/target.ts`, ...(await programOf(template))];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (found.has(name)) continue;
    const text = await source(name);
    found.set(name, text);
    for (const [, to] of text.matchAll(/ from '(\.[^']+)'/g)) queue.push(posix.join(posix.dirname(name), to as string));
  }
  return found;
}

/** What the target starts: a server, or a client that is told what to do. */
async function programOf(template: string): Promise<readonly string[]> {
  const names = [`${template}/server.ts`, `${template}/client.ts`];
  const texts = await Promise.all(names.map((name) => source(name).catch(() => undefined)));
  return names.filter((_, index) => texts[index] !== undefined);
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
