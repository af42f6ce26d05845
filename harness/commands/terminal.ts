import type { Terminal } from '../compose.ts';

/** This process's terminal: colour and live progress only on a TTY, colour not against `NO_COLOR`. */
export function terminal(verbose: boolean): Terminal {
  const { stdout, stderr, env } = process;
  const live = stdout.isTTY === true && env.TERM !== 'dumb';
  return {
    stdout,
    stderr,
    live,
    colour: live && !env.NO_COLOR,
    verbose,
    ...(stdout.columns > 0 && { width: stdout.columns }),
  };
}
