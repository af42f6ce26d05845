import type { Command } from 'commander';
import type { IdpStart } from '../idp.ts';
import { type AdminFlags, addAdminFlags, adminOf } from './admin-flags.ts';
import { untilInterrupted } from './interrupt.ts';
import { faultSyntax, faults, type NamedFault } from './placed-fault.ts';
import { type TlsFlags, tlsOf } from './tls-flags.ts';
import { several, whole } from './values.ts';

interface Flags extends AdminFlags, TlsFlags {
  readonly port?: number;
  readonly host?: string;
  readonly issuer?: string;
  readonly mtls?: true;
  readonly config?: string;
  readonly fault?: readonly NamedFault[];
  readonly tenant?: readonly string[];
  readonly users?: number;
  readonly seed?: number;
  readonly autoLogin?: true;
  readonly json?: true;
}

const usualPort = 9400;

export function addIdp(program: Command): void {
  const command = program
    .command('idp')
    .summary('run the mock IdP alone, for tests by hand and in any language')
    .description('Runs a correct OAuth 2.0 and OpenID Connect server that can be broken in one way at a time.')
    .option('-p, --port <number>', `where to listen; 0 for a free one (default: ${usualPort})`, whole(0, 65_535))
    .option('--host <name>', 'name or address of this machine to listen on (default: localhost)')
    .option('--issuer <url>', 'what clients call it, when that is not where it listens')
    .option('--tls', 'HTTPS, also for the admin API, with an authority of its own, whose file is printed')
    .option('--tls-cert <file>', 'HTTPS with this certificate, PEM')
    .option('--tls-key <file>', 'and its private key, PEM')
    .option('--mtls', 'with --tls: ask for client certificates (RFC 8705), which any client may decline')
    .option('--config <file>', 'what it shall be like: JSON, or a module that exports it by default')
    .option('-f, --fault <id>[@when]', `break something; when: ${faultSyntax}; repeat for more`, faults)
    .option(
      '-t, --tenant <name>',
      'another issuer below the first, with keys and clients of its own; repeat for more',
      several,
    )
    .option(
      '--users <number>',
      'made-up people who can log in at the first issuer, besides its users',
      whole(0, 10_000),
    )
    .option('--seed <number>', 'repeat all that is random', whole(0, 0xffff_ffff))
    .option('--auto-login', 'at the first issuer, nobody sees a page: its first user is logged in');
  addAdminFlags(command)
    .option('--json', 'one line of JSON instead of the text')
    .addHelpText(
      'after',
      `
Examples:
  failwell idp                                            two clients, one user, a curl line to try
  failwell idp --tls --users 20 --tenant acme             HTTPS, more people, a second issuer
  failwell idp --fault token/audience-other               every access token is for somebody else
  failwell idp --fault token-answer/unavailable@first:2   two failures, then all is well
  failwell idp --host 0.0.0.0 --issuer http://idp:9400    in a container that others call idp
  failwell idp --config idp.json                          clients, users, lifetimes: see docs/idp.md
  failwell list faults                                    what can be broken
  curl -s localhost:9401/openapi.json                     what the admin API can do`,
    )
    .action(async (flags: Flags) => {
      process.exitCode = await idpCommand(flags);
    });
}

async function idpCommand(flags: Flags): Promise<number> {
  const [{ startIdp }, { card, cardJson }] = await Promise.all([import('../idp.ts'), import('./idp-card.ts')]);
  const options = await optionsOf(flags);
  return await untilInterrupted(async (signal) => {
    await using idp = await startIdp(options);
    console.log(flags.json ? JSON.stringify(cardJson(idp)) : card(idp));
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    return 0;
  }, '\nStopping.\n');
}

/** What the config file says, and what the flags say instead of it or besides it. */
async function optionsOf(flags: Flags): Promise<IdpStart> {
  const { host, issuer, users, seed, autoLogin } = flags;
  const config = flags.config === undefined ? {} : await fromFile(flags.config);
  const port = flags.port ?? config.port ?? usualPort;
  const tenants = { ...Object.fromEntries((flags.tenant ?? []).map((name) => [name, {}])), ...config.tenants };
  const tls = await tlsOf(flags);
  return {
    ...config,
    port,
    tenants,
    ...(host !== undefined && { host }),
    ...(issuer !== undefined && { issuer }),
    ...(tls && { tls }),
    ...(flags.mtls && { clientCertificates: true }),
    ...(users !== undefined && { fakeUsers: users }),
    ...(seed !== undefined && { seed }),
    ...(autoLogin && { autoLogin }),
    faults: [...(config.faults ?? []), ...(flags.fault ?? [])],
    admin: adminOf(flags, port, config.admin),
  };
}

async function fromFile(path: string): Promise<IdpStart> {
  const { readIdpConfig } = await import('./idp-config.ts');
  return readIdpConfig(process.cwd(), path);
}
