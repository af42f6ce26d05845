import type { ClientAnswer, Instruction } from '../model/client.ts';
import type { ClientWiring, Driver } from '../model/target.ts';
import { eachLine } from './lines.ts';
import { nameOf, type Spawned, spawned } from './spawned.ts';

/** What a command came to. */
export interface Ended {
  /** `exited with code 0`, `killed by SIGSEGV`. */
  readonly words: string;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command-line client is told what to do, and how its end is understood. */
export interface CommandOptions {
  readonly command: string;
  readonly args: (instruction: Instruction) => readonly string[];
  /** Its environment, besides PATH, HOME and TMPDIR. */
  readonly env?: (instruction: Instruction, wiring: ClientWiring) => Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Default: code 0 is a yes, any other a no in the words of its last line. */
  readonly answer?: (ended: Ended, instruction: Instruction) => ClientAnswer;
}

/**
 * A command-line client, run anew for each instruction with arguments and environment of its own. What it prints is its
 * log. One that a signal ended said neither yes nor no.
 */
export function command(options: CommandOptions): Driver<ClientWiring> {
  return {
    kind: 'command',
    async start(wiring, io) {
      const running = new Set<Spawned>();
      const exited = Promise.withResolvers<string>();
      return {
        url: '',
        exited: exited.promise,
        async ask(instruction, signal) {
          signal.throwIfAborted();
          const { env = () => ({}), answer = usual } = options;
          const program = {
            command: options.command,
            args: options.args(instruction),
            env: env(instruction, wiring),
            cwd: options.cwd,
          };
          const run = await spawned(program, 'ignore');
          running.add(run);
          const giveUp = () => void run.kill();
          signal.addEventListener('abort', giveUp, { once: true });
          try {
            const ended = await endOf(run, (stream, line) => io.log(stream, line));
            if (ended.code !== null) return answer(ended, instruction);
            throw new Error(`'${nameOf(program)}' was ${ended.words}`);
          } finally {
            signal.removeEventListener('abort', giveUp);
            running.delete(run);
          }
        },
        async stop() {
          await Promise.all([...running].map((run) => run.kill()));
          exited.resolve('was stopped');
        },
      };
    },
  };
}

async function endOf(
  { child, exited }: Spawned,
  log: (stream: 'stdout' | 'stderr', line: string) => void,
): Promise<Ended> {
  const lines = { stdout: [] as string[], stderr: [] as string[] };
  for (const stream of ['stdout', 'stderr'] as const) {
    eachLine(child[stream]!, (line) => {
      lines[stream].push(line);
      log(stream, line);
    });
  }
  const words = await exited;
  return { words, code: child.exitCode, stdout: lines.stdout.join('\n'), stderr: lines.stderr.join('\n') };
}

function usual({ code, words, stdout, stderr }: Ended): ClientAnswer {
  if (code === 0) return { ok: true };
  const said = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
  return { ok: false, error: { name: 'Exit', message: said.at(-1) ?? words, code: String(code) } };
}
