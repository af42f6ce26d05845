import { once } from 'node:events';
import type { ByHand } from '../model/stage.ts';

/**
 * Shows how to do again what is judged and waits for Enter (or the end of standard input, or an interruption). Secrets go
 * to this terminal and nowhere else.
 */
export async function untilEnter(again: ByHand | undefined, signal: AbortSignal): Promise<void> {
  process.stderr.write(
    [
      '',
      ...(again === undefined
        ? ['Held: the faults stand. Nothing was sent that could be sent again.']
        : inWords(again)),
      '',
      'Press Enter to clear the faults and judge; Ctrl-C gives up.',
      '',
    ].join('\n'),
  );
  const { stdin } = process;
  stdin.resume();
  const over = new AbortController();
  const within = { signal: AbortSignal.any([signal, over.signal]) };
  // Whichever comes first; the others are let go.
  await Promise.race([once(stdin, 'data', within), once(stdin, 'end', within)]).catch(() => undefined);
  over.abort();
  stdin.pause();
}

const quoted = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;

function inWords({ how, line, secrets, caFile }: ByHand): readonly string[] {
  const said = Object.entries(secrets);
  const exported = `  export CA=${quoted(caFile)}${said.map(([name, value]) => ` ${name}=${quoted(value)}`).join('')}`;
  switch (how) {
    case 'curl':
      return ['Held: the faults stand. In another terminal:', '', exported, `  ${line}`];
    case 'stdin':
      return [
        'Held: the faults stand. In another terminal, with the program of the client at the end of the second line:',
        '',
        exported,
        `  ${line} | …`,
        '',
        'The client that is judged still runs; a code in a callback has been redeemed.',
      ];
    case 'browser': {
      const user = secrets.USER_NAME && ` and log in as '${secrets.USER_NAME}' with the password '${secrets.PASSWORD}'`;
      return [
        `Held: the faults stand. In a browser that trusts ${caFile}, open${user ? '' : ' this'}:`,
        '',
        `  ${line}`,
        ...(user ? ['', user.trim()] : []),
      ];
    }
  }
}
