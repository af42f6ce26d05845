import type { Command } from 'commander';
import { terminal } from './terminal.ts';

interface Flags {
  readonly reporter: readonly string[];
  readonly out?: string;
  readonly verbose?: true;
}

const examples = `
Examples:
  failwell report failwell-report/run.ndjson --reporter junit
  failwell report shard-*/run.ndjson --out all          the shards of a CI matrix in one report`;

export function addReport(program: Command): void {
  program
    .command('report')
    .summary('render the reports of a run again from its record, or of several as one')
    .description(
      'Renders reports from a record, also from one of a run that was killed: nothing is run or judged again. Several records, of the shards of a run or of what was run again, become one report; where two judged the same, the later one counts.',
    )
    .argument('<record...>', 'a run.ndjson')
    .option('-r, --reporter <name...>', 'console, junit, html, markdown, har or json', ['console', 'html'])
    .option('-o, --out <folder>', 'where the reports go (default: the folder of the first record)')
    .option('-v, --verbose', 'list every failure, and warnings and notes')
    .addHelpText('after', examples)
    .action(async (records: [string, ...string[]], flags: Flags) => {
      const { renderRecords } = await import('../render.ts');
      await renderRecords(records, flags.reporter, terminal(flags.verbose === true), flags.out);
    });
}
