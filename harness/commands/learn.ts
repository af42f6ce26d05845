import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { type Command, Option } from 'commander';
import type { SavedLogin } from '../config/login.ts';
import type { Learnt } from '../learn/learn.ts';
import type { Proof, Proofs } from '../learn/prove.ts';
import type { Question } from '../learn/questions.ts';
import { FailwellError } from '../model/error.ts';
import type { ClientRole } from '../model/step.ts';
import type { Target } from '../model/target.ts';
import { untilInterrupted } from './interrupt.ts';
import { type IdpFlags, idpAt } from './learn-target.ts';
import { several } from './values.ts';

interface Flags extends IdpFlags {
  readonly usernameField?: string;
  readonly passwordField?: string;
  readonly press?: readonly string[];
  readonly deny?: string;
  readonly browser?: true;
  readonly out: string;
  readonly config?: string;
  readonly json?: true;
}

export function addLearn(program: Command): void {
  program
    .command('learn')
    .summary('find out how a user logs in at an IdP, and save it as a recipe')
    .description(
      'Walks the login and consent pages of a live IdP, recognises their forms, asks for what it cannot find out, and saves a recipe for idp.login; then uses it for a login, a wrong password and a denied consent.',
    )
    .argument('<issuer>', "an issuer's URL, or the id of a target of yours")
    .option('--client <id>', 'a client that the IdP knows')
    .addOption(
      new Option('--client-secret <text>', 'its secret; a public client has none').env('FAILWELL_CLIENT_SECRET'),
    )
    .option('--redirect-uri <uri>', 'one that is registered for it; nothing is sent there')
    .option('--register [token]', 'register a client for the occasion instead, with this initial access token')
    .option('--user <name>', 'a test user')
    .addOption(new Option('--password <text>', "the user's password").env('FAILWELL_PASSWORD'))
    .option('--scope <values>', 'what the client asks for', 'openid')
    .option('--parameter <name=value>', 'another parameter of the authorization request; repeat for more', several)
    .option('--authority <file>', "who issued the IdP's certificate, in PEM, where Node does not trust it")
    .option('--browser', 'use a real browser, for pages that are scripts')
    .option('--username-field <name>', 'the field that takes the user name, where it is not recognised')
    .option('--password-field <name>', 'the same for the password')
    .option('--press <label>', 'a button to press where none is recognised; repeat for more', several)
    .option('--deny <label>', 'the button or link by which a user says no to a consent')
    .option('-o, --out <file>', 'where the recipe goes', 'failwell/login.json')
    .option('--config <file>', 'configuration file (default: failwell.config.ts)')
    .option('--json', 'what was learnt and proven, as JSON on standard output')
    .addHelpText(
      'after',
      `
Exit codes:
  0  learnt and proven                         3  the harness itself failed, or the IdP did not start
  1  learnt, but a proof did not hold          130  interrupted
  2  wrong usage or config, or the login did not get through

Examples:
  failwell learn acme/idp                             the pages of a target, with its own client and user
  FAILWELL_PASSWORD=… failwell learn https://idp.example/realms/a --client app \\
    --redirect-uri https://app.example/callback --user alice
  failwell learn https://idp.example --register --user alice --browser -o failwell/idp/login.json`,
    )
    .action(async (issuer: string, flags: Flags) => {
      process.exitCode = await untilInterrupted(
        (signal) => learnCommand(issuer, flags, signal),
        '\nInterrupted: giving back what was issued; once more to stop at once.\n',
      );
    });
}

async function learnCommand(issuer: string, flags: Flags, signal: AbortSignal): Promise<number> {
  const [{ stagesFor }, { createSurroundings }, { learn }, { prove }, { asLogin }] = await Promise.all([
    import('../compose.ts'),
    import('../stage/surroundings.ts'),
    import('../learn/learn.ts'),
    import('../learn/prove.ts'),
    import('../config/login.ts'),
  ]);
  const { target, client, hosts } = await chosen(issuer, flags);
  await using surroundings = await createSurroundings(hosts);
  const walker = { target, client, open: stagesFor(surroundings, 1), signal };
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  if (!flags.json) say(`Learning how a user logs in at ${issuer} …`);
  const inBrowser = flags.browser === true;
  const url = URL.canParse(issuer) ? issuer : undefined;
  try {
    const learnt = await learn({ ...walker, issuer: url, inBrowser, ask: asking(flags) });
    const file = resolve(flags.out);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${JSON.stringify(learnt.recipe, null, 2)}\n`);
    const denies = learnt.pages.some(({ deny }) => deny !== undefined);
    const proofs = await prove(walker, asLogin(learnt.recipe), denies);
    const shown = relative(process.cwd(), file) || file;
    console.log(flags.json ? JSON.stringify(summary(learnt, proofs, shown), null, 2) : inWords(learnt, proofs, shown));
    return [proofs.denial, proofs.wrongPassword, proofs.login].every((proof) => proof?.holds !== false) ? 0 : 1;
  } catch (error) {
    if (signal.aborted) return 130;
    throw error;
  }
}

/** A target of the project, or an IdP that the command line describes: its host is named by that. */
async function chosen(
  issuer: string,
  flags: Flags,
): Promise<{ readonly target: Target<'idp'>; readonly client: ClientRole; readonly hosts: readonly string[] }> {
  if (/^https?:\/\//.test(issuer)) {
    if (!URL.canParse(issuer)) throw new FailwellError('usage', `'${issuer}' is no URL: write the issuer in full.`);
    return { ...(await idpAt(issuer, flags)), hosts: [new URL(issuer).hostname] };
  }
  const [{ loadTargets }, { chooseTargets }, { openProject }] = await Promise.all([
    import('../catalogue.ts'),
    import('../run/plan.ts'),
    import('../config/load.ts'),
  ]);
  const [target] = chooseTargets(await loadTargets(process.cwd(), flags.config), [issuer]);
  if (target?.role !== 'idp')
    throw new FailwellError('usage', `${issuer} is a ${target?.role}: name a target of the role 'idp', or a URL.`);
  const { config } = await openProject(process.cwd(), flags.config);
  const given = target.idp?.given?.clients;
  const client = given === undefined || given.confidential ? 'confidential' : given.public ? 'public' : 'confidential';
  return { target: target as Target<'idp'>, client, hosts: config.hosts ?? [] };
}

/** Answers from the flags; else asks at a terminal; else nobody knows. */
function asking(flags: Flags): (question: Question) => Promise<string | undefined> {
  const told: { readonly [O in Question['option']]?: readonly string[] } = {
    ...(flags.usernameField && { 'username-field': [flags.usernameField] }),
    ...(flags.passwordField && { 'password-field': [flags.passwordField] }),
    ...(flags.press && { press: flags.press }),
    ...(flags.deny && { deny: [flags.deny] }),
  };
  return async ({ option, asks, among }) => {
    const known = told[option]?.find((one) => among.includes(one));
    if (known !== undefined || !process.stdin.isTTY || flags.json) return known;
    const lines = among.map((one, index) => `  ${index + 1}  ${one}`);
    process.stderr.write(`\n${asks}\n${lines.join('\n')}\n`);
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      const answer = (await terminal.question('Its number, or Enter for none: ')).trim();
      return among[Number(answer) - 1];
    } finally {
      terminal.close();
    }
  };
}

const summary = ({ recipe, pages }: Learnt, proofs: Proofs, file: string) => ({
  file,
  pages: pages.map(({ as, title, deed, deny }) => ({ as, title, does: deed, ...(deny && { deny }) })),
  proven: {
    login: proofs.login,
    wrongPassword: proofs.wrongPassword,
    ...(proofs.denial && { denial: proofs.denial }),
  },
  needsPrompt: proofs.needsPrompt,
  recipe: recipe satisfies SavedLogin,
});

function inWords({ pages }: Learnt, proofs: Proofs, file: string): string {
  const proof = (what: string, { holds, seen }: Proof) => `  ${holds ? '✓' : '✗'} ${what}  (${seen})`;
  const without = pages.some(({ as }) => as === 'consent')
    ? 'a page asks for consent, and nothing on it says no: name it with --deny'
    : 'no page asked for consent';
  const prompt = proofs.needsPrompt ? ", authorizationParameters: { prompt: 'consent' }" : '';
  return [
    '',
    'Pages',
    ...pages.map(({ as, title, deed, deny }, index) =>
      [`  ${index + 1}  ${as}`, `'${title}'`, deedInWords(deed), deny && `; no: ${deedInWords(deny)}`]
        .filter(Boolean)
        .join('  ')
        .replace('  ;', ';'),
    ),
    '',
    'Proven',
    proof('a login comes back with a code, which is redeemed', proofs.login),
    proof('a wrong password is refused', proofs.wrongPassword),
    proofs.denial ? proof('a denied consent comes back as access_denied', proofs.denial) : `  - ${without}`,
    '',
    `wrote ${file}. In a target beside it:`,
    '',
    "  import { loginFrom } from 'failwell';",
    `  idp: { login: loginFrom(new URL('./${basename(file)}', import.meta.url))${prompt} },`,
    ...(proofs.needsPrompt ? ['', 'Consent is remembered there: without prompt=consent nobody is asked twice.'] : []),
  ].join('\n');
}

function deedInWords(deed: Learnt['pages'][number]['deed'] | { readonly link: string }): string {
  if ('link' in deed) return `follows '${deed.link}'`;
  if (Array.isArray(deed))
    return deed.map((one) => ('fill' in one ? `fills ${one.fill}` : `clicks ${one.click}`)).join(', ');
  const { fill = {}, press } = deed as { fill?: object; press?: string };
  const fields = Object.keys(fill);
  return [
    ...(fields.length > 0 ? [`fills ${fields.join(' and ')}`] : []),
    ...(press === undefined ? [] : [`presses '${press}'`]),
  ].join(', ');
}
