import { once } from 'node:events';
import type { SentRequest } from '../model/stage.ts';

/**
 * Shows how to send the judged request again and waits for Enter (or the end of standard input, or an interruption).
 * The token goes to this terminal and nowhere else.
 */
export async function untilEnter({ curl, token, caFile }: SentRequest, signal: AbortSignal): Promise<void> {
  process.stderr.write(
    [
      '',
      'Held: the faults stand. In another terminal:',
      '',
      `  export CA='${caFile}'${token === undefined ? '' : ` TOKEN='${token.replaceAll("'", `'\\''`)}'`}`,
      `  ${curl}`,
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
