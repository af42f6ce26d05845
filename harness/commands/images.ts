import type { Command } from 'commander';
import type { Target } from '../model/target.ts';
import { untilInterrupted } from './interrupt.ts';
import { several } from './values.ts';

interface Flags {
  readonly target?: readonly string[];
  readonly list?: true;
  readonly json?: true;
  readonly config?: string;
}

/** What came of one target's image. */
interface Row {
  readonly target: string;
  /** The official image, or the folder of the Dockerfile, or both in this order. */
  readonly from: string;
  /** Its name and digest. */
  readonly image?: string;
  /** Why it is not there, in one sentence without its full stop. */
  readonly missing?: string;
}

export function addImages(program: Command): void {
  program
    .command('images')
    .summary('get the images of the targets that run in containers, or show which are there')
    .description(
      "Pulls the official image of each target that runs in a container, or builds it from the target's own Dockerfile. What is there already is left as it is.",
    )
    .option('-t, --target <id>', "targets, by id; '*' stands for anything, repeat for more", several)
    .option('--list', 'only show which are there')
    .option('--json', 'as JSON')
    .option('--config <file>', 'configuration file (default: failwell.config.ts)')
    .addHelpText(
      'after',
      `
Exit codes:
  0  every image is there      3  at least one could not be had, or is not there      130  interrupted

Examples:
  failwell images
  failwell images -t 'containers/haproxy*'
  failwell images --list`,
    )
    .action(async (flags: Flags) => {
      process.exitCode = await untilInterrupted(
        (signal) => imagesCommand(flags, signal),
        '\nInterrupted: stopping; once more to stop at once.\n',
      );
    });
}

async function imagesCommand(flags: Flags, signal: AbortSignal): Promise<number> {
  const [{ loadTargets }, { chooseTargets }] = await Promise.all([import('../catalogue.ts'), import('../run/plan.ts')]);
  const targets = chooseTargets(await loadTargets(process.cwd(), flags.config), flags.target);
  const rows: Row[] = [];
  for (const target of targets) {
    if (target.driver.image === undefined || signal.aborted) continue;
    const row = flags.list ? await looked(target) : await got(target, signal);
    rows.push(row);
    if (!flags.json) console.log(`${row.target}  ${row.image ?? row.missing}`);
  }
  if (flags.json) console.log(JSON.stringify(rows, null, 2));
  else if (rows.length === 0) console.log('No target here runs in a container, so there is no image to get.');
  if (signal.aborted) return 130;
  return rows.some(({ missing }) => missing !== undefined) ? 3 : 0;
}

async function looked(target: Target): Promise<Row> {
  const missing = await target.driver.lacks?.();
  return { ...about(target), ...(missing === undefined ? { image: 'is here' } : { missing }) };
}

async function got(target: Target, signal: AbortSignal): Promise<Row> {
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  try {
    const image = await target.driver.prepare?.(say, signal);
    return { ...about(target), ...(image !== undefined && { image }) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ...about(target), missing: why.replace(/\.$/, '') };
  }
}

function about({ id, driver: { image } }: Target): Pick<Row, 'target' | 'from'> {
  return { target: id, from: [image?.image, image?.build].filter((one) => one !== undefined).join(' or ') };
}
