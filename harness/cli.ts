import { Command, CommanderError } from 'commander';
import { addExplain } from './commands/explain.ts';
import { addIdp } from './commands/idp.ts';
import { addImages } from './commands/images.ts';
import { addInit } from './commands/init.ts';
import { addLearn } from './commands/learn.ts';
import { addList } from './commands/list.ts';
import { addProxy } from './commands/proxy.ts';
import { addReport } from './commands/report.ts';
import { addRun } from './commands/run.ts';
import { FailwellError } from './model/error.ts';
import { version } from './version.ts';

/** The command line. Sets `process.exitCode`; never exits by itself. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('failwell')
    .description(
      'Breaks one thing at a time around your OAuth client, gateway or IdP and judges whether it fails well.',
    )
    .version(version())
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(`failwell: ${oneSentence(text)}\n`) })
    .exitOverride()
    .addHelpText(
      'after',
      "\nStart with 'failwell init' in a project of yours, or 'failwell run' to see the built-in reference.",
    );
  for (const add of [addRun, addList, addExplain, addInit, addLearn, addImages, addReport, addIdp, addProxy])
    add(program);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

/** Commander's "error: unknown option '--sed'\n(Did you mean --seed?)" as one sentence that says what to do. */
function oneSentence(text: string): string {
  const [what = '', hint] = text
    .replace(/^error: /, '')
    .split(/\(Did you mean |\?\)/)
    .map((part) =>
      part
        .trim()
        .replace(/\.$/, '')
        .replace(/\. (?=[A-Z])/, ': '),
    );
  return hint === undefined || hint === '' ? `${what}; --help shows what there is.` : `${what}: did you mean ${hint}?`;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof FailwellError) {
    process.stderr.write(`failwell: ${error.message}\n`);
    return error.code === 'usage' || error.code === 'config' ? 2 : 3;
  }
  process.stderr.write(
    `failwell: ${error instanceof Error ? (process.env.DEBUG ? error.stack : error.message) : String(error)}\n`,
  );
  return 3;
}
