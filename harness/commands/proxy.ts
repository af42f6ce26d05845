import { type Command, InvalidArgumentError, Option } from 'commander';
import { FailwellError } from '../model/error.ts';
import type { ProxyStart, Rewriting } from '../proxy.ts';
import { type AdminFlags, addAdminFlags, adminOf } from './admin-flags.ts';
import { untilInterrupted } from './interrupt.ts';
import { faultSyntax, faults, type NamedFault } from './placed-fault.ts';
import { type TlsFlags, tlsOf } from './tls-flags.ts';
import { several, whole } from './values.ts';

interface Flags extends AdminFlags, TlsFlags {
  readonly to?: string;
  readonly port?: number;
  readonly host?: string;
  readonly only?: readonly string[];
  readonly openProxy?: true;
  readonly rewrite?: Rewriting;
  readonly keepHost?: true;
  readonly ca?: string;
  readonly insecureUpstream?: true;
  readonly authority?: string;
  readonly fault?: readonly NamedFault[];
  readonly seed?: number;
  readonly har?: string;
  readonly unsafeKeepSecrets?: true;
  readonly json?: true;
}

const usualPort = 9500;

export function addProxy(program: Command): void {
  const command = program
    .command('proxy')
    .summary('put a link that can be broken between any two things')
    .description(
      'Passes on what it gets, breaks it in one way at a time, and remembers. In front of one server with --to; without it, a forward proxy for HTTP_PROXY and HTTPS_PROXY.',
    )
    .option('--to <url>', 'the server that it stands in front of; a path in it says where an issuer is', once)
    .option('-p, --port <number>', `where to listen; 0 for a free one (default: ${usualPort})`, whole(0, 65_535))
    .option('--host <name>', 'name or address of this machine to listen on (default: localhost)')
    .option('-f, --fault <id>[@what]', `break something; what: ${faultSyntax}; repeat for more`, faults)
    .option('--har <file>', 'write all that passed into this file when it stops')
    .option('--unsafe-keep-secrets', 'write tokens, secrets and cookies into it as they were sent')
    .option(
      '--tls',
      'with --to: HTTPS, also for the admin API, with a certificate of its authority (default: as there)',
    )
    .option('--no-tls', 'with --to: plain HTTP')
    .option('--tls-cert <file>', 'with --to: HTTPS with this certificate, PEM')
    .option('--tls-key <file>', 'and its private key, PEM')
    .option('--authority <folder>', 'keep its authority there, so that you need to trust it only once')
    .option('--ca <file>', 'authorities (PEM) to trust at the far end, besides the usual ones')
    .option('--insecure-upstream', 'take any certificate of the far end')
    .addOption(
      new Option(
        '--rewrite <what>',
        "with --to, what answers say of the far end's URL becomes this proxy's: all but the issuer, that too, or nothing",
      ).choices(['endpoints', 'issuer', 'none']),
    )
    .option('--keep-host', 'with --to, pass Host on as it came, for a far end that takes its name from it')
    .option('--only <host>', 'without --to: open up connections to this host alone (*.example: all below)', several)
    .option('--open-proxy', 'without --to: let other machines use it')
    .option('--seed <number>', 'repeat all that is random', whole(0, 0xffff_ffff));
  addAdminFlags(command)
    .option('--json', 'one line of JSON instead of the text')
    .addHelpText(
      'after',
      `
Examples:
  failwell proxy --to https://idp.example                          in front of it, at https://localhost:${usualPort}
  failwell proxy --to https://idp.example -f tls/expired-certificate --har out.har
  failwell proxy --to https://idp.example/realms/a -f http/status-503@jwks@first:2
  failwell proxy --only idp.example --authority ~/.failwell-ca     then run your client with
    HTTPS_PROXY=http://localhost:${usualPort} NODE_USE_ENV_PROXY=1 NODE_EXTRA_CA_CERTS=~/.failwell-ca/ca.pem
  failwell proxy -f dns/nxdomain@between:10s..20s                  every host is gone for a while
  failwell list faults --layer tls                                 what can be broken
  curl -s localhost:${usualPort + 1}/openapi.json                              what the admin API can do`,
    )
    .action(async (flags: Flags) => {
      process.exitCode = await proxyCommand(flags);
    });
}

async function proxyCommand(flags: Flags): Promise<number> {
  const [{ startProxy }, { card, cardJson }] = await Promise.all([import('../proxy.ts'), import('./proxy-card.ts')]);
  const { json, tls: _, tlsCert, tlsKey, fault, admin, adminHost, adminPort, adminSecret, ...rest } = flags;
  if (flags.unsafeKeepSecrets && flags.har === undefined)
    throw new FailwellError('usage', '--unsafe-keep-secrets is about the file of --har: add that, or leave it out.');
  const tls = await tlsOf(flags);
  const port = flags.port ?? usualPort;
  const options: ProxyStart = {
    ...rest,
    port,
    ...(tls !== undefined && { tls }),
    ...(fault && { faults: fault }),
    admin: adminOf(flags, port),
  };
  return await untilInterrupted(async (signal) => {
    await using proxy = await startProxy(options);
    console.log(json ? JSON.stringify(cardJson(proxy, options)) : card(proxy, options));
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    return 0;
  }, '\nStopping.\n');
}

/** One that was said before. */
function once(value: string, before: string | undefined): string {
  if (before !== undefined) throw new InvalidArgumentError('One proxy has one target: start another one.');
  return value;
}
