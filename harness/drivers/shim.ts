import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { ClientAnswer, ClientError, Instruction } from '../model/client.ts';
import type { ClientWiring, Driver, DriverIo, Instance } from '../model/target.ts';
import { eachLine } from './lines.ts';
import { byName, nodeNames } from './names.ts';
import { nameOf, type Spawned, spawned } from './spawned.ts';

/** How a program that speaks the protocol of shims is started (docs/shim.md). */
export interface ShimOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** Its environment, besides PATH, HOME and TMPDIR. */
  readonly env?: (wiring: ClientWiring) => Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** It is a Node process, which asks the harness for the names of the parties, so that they can be broken. */
  readonly names?: 'node';
  /** `session`: it lives on and reads an instruction a line. `once`: a new one is started for each instruction. */
  readonly lifetime: 'session' | 'once';
}

/**
 * A client library or script, wrapped by a program that reads instructions on its stdin and writes answers to its
 * stdout, a JSON object a line. What it writes to stderr, and whatever else stands on its stdout, is its log.
 */
export function shim({ command, args, env = () => ({}), cwd, names, lifetime }: ShimOptions): Driver<ClientWiring> {
  return {
    kind: 'shim',
    ...(names && byName),
    async start(wiring, io) {
      const program = {
        command,
        args,
        cwd,
        env: { NODE_EXTRA_CA_CERTS: wiring.ca.file, ...(names && nodeNames(wiring)), ...env(wiring) },
      };
      const open = async () => conversation(await spawned(program, 'pipe'), nameOf(program), io, lifetime);
      return lifetime === 'once' ? eachTime(open) : lasting(await open());
    },
  };
}

/** A program that is being talked to. */
interface Conversation extends Pick<Spawned, 'exited' | 'stop' | 'kill'> {
  say(instruction: Instruction, signal: AbortSignal): Promise<ClientAnswer>;
}

function conversation(
  { child, exited, stop, kill }: Spawned,
  name: string,
  io: DriverIo,
  lifetime: ShimOptions['lifetime'],
): Conversation {
  /** By the number of the instruction, in order. */
  const waiting = new Map<number, (answer: ClientAnswer) => void>();
  let last = 0;
  eachLine(child.stderr!, (line) => io.log('stderr', line));
  eachLine(child.stdout!, (line) => {
    const answer = answerIn(line);
    if (answer === undefined) {
      io.log('stdout', line);
      return;
    }
    // One without a number is for the oldest instruction, be it that nobody waits for it any more.
    const id = answer.id ?? waiting.keys().next().value ?? 0;
    waiting.get(id)?.(answer);
    waiting.delete(id);
  });
  // What cannot be written is told by the program's end.
  child.stdin!.on('error', () => {});
  return {
    exited,
    stop,
    kill,
    async say(instruction, signal) {
      signal.throwIfAborted();
      const answered = Promise.withResolvers<ClientAnswer>();
      last += 1;
      waiting.set(last, answered.resolve);
      const giveUp = () => answered.reject(new Error(`'${name}' did not answer ${instruction.do} in time`));
      signal.addEventListener('abort', giveUp, { once: true });
      void exited.then((words) => answered.reject(new Error(`'${name}' ${words} without an answer`)));
      try {
        await written(child.stdin!, `${JSON.stringify({ id: last, ...instruction })}\n`);
        // Some read to the end before they begin.
        if (lifetime === 'once') child.stdin!.end();
        return await answered.promise;
      } finally {
        signal.removeEventListener('abort', giveUp);
      }
    },
  };
}

async function written(stdin: Writable, text: string): Promise<void> {
  if (!stdin.write(text)) await Promise.race([once(stdin, 'drain'), once(stdin, 'close')]).catch(() => {});
}

/** An answer, and the number of the instruction that it is for, where the program says it. */
type Numbered = ClientAnswer & { readonly id?: number };

/** The answer on a line; `undefined` for a line that is no answer. */
function answerIn(line: string): Numbered | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const answer = JSON.parse(line) as Numbered;
    if (answer.ok !== false) return answer.ok === true ? answer : undefined;
    const { name = 'Error', message = 'no reason given' } = (answer.error ?? {}) as Partial<ClientError>;
    return { ...answer, error: { ...answer.error, name, message } };
  } catch {
    return undefined;
  }
}

/** One instruction at a time: an answer need not say which it is for. */
function lasting(program: Conversation): Instance {
  let before: Promise<unknown> = Promise.resolve();
  const { exited, stop } = program;
  return {
    url: '',
    exited,
    stop,
    ask(instruction, signal) {
      const answer = before.then(() => program.say(instruction, signal));
      before = answer.catch(() => {});
      return answer;
    },
  };
}

/** A new program for each instruction; it is ended once it has answered. */
function eachTime(open: () => Promise<Conversation>): Instance {
  const talking = new Set<Conversation>();
  const exited = Promise.withResolvers<string>();
  return {
    url: '',
    exited: exited.promise,
    async ask(instruction, signal) {
      const program = await open();
      talking.add(program);
      try {
        return await program.say(instruction, signal);
      } finally {
        talking.delete(program);
        await program.stop();
      }
    },
    async stop() {
      await Promise.all([...talking].map((program) => program.kill()));
      exited.resolve('was stopped');
    },
  };
}
