import type { Command } from 'commander';
import { terminal } from './terminal.ts';

export function addReport(program: Command): void {
  program
    .command('report')
    .summary('render the reports of a run again from its record')
    .description(
      'Renders reports from a record, also from one of a run that was killed: nothing is run or judged again.',
    )
    .argument('<record>', 'a run.ndjson')
    .option('-r, --reporter <name...>', 'console, junit, html, markdown, har or json', ['console', 'html'])
    .option('-o, --out <folder>', "where the reports go (default: the record's folder)")
    .option('-v, --verbose', 'list every failure, and warnings and notes')
    .addHelpText('after', '\nExample:\n  failwell report failwell-report/run.ndjson --reporter junit')
    .action(async (record: string, flags: { reporter: readonly string[]; out?: string; verbose?: true }) => {
      const { renderRecord } = await import('../render.ts');
      await renderRecord(record, flags.reporter, terminal(flags.verbose === true), flags.out);
    });
}
