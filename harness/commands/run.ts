import { randomInt } from 'node:crypto';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PlanSettings } from '../catalogue.ts';
import { FailwellError } from '../model/error.ts';
import { untilEnter } from './hold.ts';
import { untilInterrupted } from './interrupt.ts';
import { terminal } from './terminal.ts';
import { several, whole } from './values.ts';

interface Flags {
  readonly target?: readonly string[];
  readonly scenario?: readonly string[];
  readonly cause?: readonly string[];
  readonly suite?: string;
  readonly shard?: { readonly index: number; readonly of: number };
  readonly seed?: number;
  readonly pool?: number;
  readonly shuffle?: true;
  readonly bail?: true;
  readonly allowInconclusive?: true;
  readonly exitZero?: true;
  readonly hold?: true;
  readonly reporter?: readonly string[];
  readonly out?: string;
  readonly har?: string | true;
  readonly unsafeKeepSecrets?: true;
  readonly config?: string;
  readonly dryRun?: true;
  readonly verbose?: true;
  readonly json?: true;
}

function shard(text: string): { index: number; of: number } {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const part = { index: Number(index), of: Number(of) };
  if (part.index >= 1 && part.index <= part.of) return part;
  throw new InvalidArgumentError("Write the part and how many there are, such as '1/4'.");
}

export function addRun(program: Command): void {
  program
    .command('run')
    .summary('break things one at a time and judge how each target fails')
    .description('Runs scenarios against targets and judges whether each target fails well.')
    .option('-t, --target <id>', "targets to run, by id; '*' stands for anything, repeat for more", several)
    .option('-s, --scenario <id>', 'scenarios to run, by id or family', several)
    .option('-c, --cause <id>', 'only scenarios of these causes', several)
    .option('--suite <id>', "a named selection: 'first-look', 'quick', 'field' or 'full'")
    .option('--shard <i/n>', 'run one of n parts, split by scenario', shard)
    .option('--seed <number>', 'repeat the randomness of an earlier run', whole(0, 0xffff_ffff))
    .option('--pool <number>', 'instances at once', whole(1, 64))
    .option('--shuffle', 'run in an order that the seed decides')
    .option('--bail', 'stop at the first failure')
    .option('--allow-inconclusive', 'exit 0 although some verdicts are inconclusive')
    .option(
      '--hold',
      'keep what is broken broken, to look at it by hand, until Enter is pressed; one scenario, one target',
    )
    .option('--exit-zero', 'exit 0 whatever was found: for a look, not for a gate')
    .option(
      '-r, --reporter <name>',
      'console, ndjson, junit, html, markdown, har or json; repeat for more (default: console, ndjson, junit and html)',
      several,
    )
    .option('-o, --out <folder>', 'where record and reports go (default: failwell-report)')
    .option('--har [folder]', "also a HAR 1.2 file for each scenario and target (default: 'har' beside the record)")
    .option(
      '--unsafe-keep-secrets',
      'leave tokens, codes and passwords readable in the files of --har, and nowhere else',
    )
    .option('--config <file>', 'configuration file (default: failwell.config.ts)')
    .option('--dry-run', 'print what would run, and stop')
    .option('-v, --verbose', 'list every failure, and warnings and notes')
    .addOption(new Option('--json', 'a summary in JSON on standard output and nothing else').conflicts('reporter'))
    .addHelpText(
      'after',
      `
Exit codes:
  0  every verdict passed, warned or noted      3  the harness itself failed
  1  at least one failed                        4  none failed, some are inconclusive
  2  wrong usage or config, or nothing judged   130  interrupted

Examples:
  failwell run                                        everything, against the targets of failwell.config.ts
  failwell run --suite quick --reporter console       a first look, nothing written
  failwell run -t node/express-jwt -c 'token/*'       one target, the causes of one family
  failwell run -s gateway/token-expired/by-10m --seed 7
  failwell run -t node/hono -s gateway/upstream/refused --hold   then try it with curl
  failwell run --shard 2/4 --reporter junit --out out a part of a CI matrix`,
    )
    .action(async (flags: Flags) => {
      process.exitCode = await runCommand(flags);
    });
}

async function runCommand(flags: Flags): Promise<number> {
  const { target, scenario, cause, suite, shard } = flags;
  const folder = process.cwd();
  const selection = {
    ...(target && { targets: target }),
    ...(scenario && { scenarios: scenario }),
    ...(cause && { causes: cause }),
    ...(suite && { suite }),
    ...(shard && { shard }),
  };
  const config = flags.config === undefined ? {} : { config: flags.config };
  const hars = flags.har !== undefined || flags.reporter?.includes('har') === true;
  if (flags.unsafeKeepSecrets && !hars)
    throw new FailwellError('usage', '--unsafe-keep-secrets is about the files of --har: add that, or leave it out.');
  if (flags.dryRun) return await dryRun({ folder, selection, ...config }, flags.json === true);
  const [{ composeRun }, { configFile }] = await Promise.all([import('../compose.ts'), import('../catalogue.ts')]);
  // Unsaid, a config in the wrong place would pass for a gateway without a fault.
  const unset = flags.config === undefined && (await configFile(folder)) === undefined;
  const note = "No failwell.config.ts here, so the built-in references are run: 'npx failwell init' sets up yours.";
  if (flags.unsafeKeepSecrets) process.stderr.write(`${warning}\n`);
  return await untilInterrupted((signal) =>
    composeRun({
      folder,
      ...config,
      selection,
      seed: flags.seed ?? randomInt(0x1_0000_0000),
      ...(flags.pool && { pool: flags.pool }),
      shuffle: flags.shuffle === true,
      bail: flags.bail === true,
      allowInconclusive: flags.allowInconclusive === true,
      exitZero: flags.exitZero === true,
      ...(flags.hold && { hold: untilEnter }),
      reporters: [
        ...(flags.json ? ['json'] : (flags.reporter ?? ['console', 'ndjson', 'junit', 'html'])),
        ...(flags.har ? ['har'] : []),
      ],
      ...(typeof flags.har === 'string' && { har: flags.har }),
      ...(flags.unsafeKeepSecrets && { unsafeKeepSecrets: true }),
      ...(flags.out && { out: flags.out }),
      signal,
      terminal: { ...terminal(flags.verbose === true), ...(unset && { note }) },
    }),
  );
}

/** Loud, since such files get attached to issues. */
const warning = `
WARNING  --unsafe-keep-secrets: the HAR files of this run hold its tokens, codes, passwords and client secrets as they
WARNING  were on the wire. Whoever reads such a file can use them. Do not share it; delete it when you are done.
`;

async function dryRun(settings: PlanSettings, json: boolean): Promise<number> {
  const [{ composePlan }, { mustRunSomething }] = await Promise.all([
    import('../catalogue.ts'),
    import('../run/plan.ts'),
  ]);
  const plan = await composePlan(settings);
  const { pairs, notApplicable } = plan;
  if (json) {
    const ids = ({ scenario, target }: (typeof pairs)[number]) => ({
      target: target.id,
      scenario: scenario.id,
      isolation: scenario.isolation,
    });
    console.log(
      JSON.stringify(
        { run: pairs.map(ids), notApplicable: notApplicable.map((pair) => ({ ...ids(pair), why: pair.why })) },
        null,
        2,
      ),
    );
  } else {
    for (const { scenario, target } of pairs) console.log(`${target.id}  ${scenario.id}  (${scenario.isolation})`);
    for (const { scenario, target, why } of notApplicable)
      console.log(`${target.id}  ${scenario.id}  not applicable: ${why}`);
    console.log(`${pairs.length} to run, ${notApplicable.length} not applicable; nothing was run.`);
  }
  mustRunSomething(plan);
  return 0;
}
