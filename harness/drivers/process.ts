import { setTimeout as after } from 'node:timers/promises';
import { deadlines } from '../model/deadlines.ts';
import { FailwellError } from '../model/error.ts';
import type { Driver, DriverIo, GatewayWiring, Instance, Place } from '../model/target.ts';
import { freePort } from './free-port.ts';
import { eachLine } from './lines.ts';
import { byName, nodeNames } from './names.ts';
import { accepts, responds } from './probe.ts';
import { nameOf, spawned } from './spawned.ts';

/** How a target is started as a process of its own. */
export interface ChildProcessOptions<W extends Place = GatewayWiring> {
  readonly command: string;
  readonly args: readonly string[];
  /** Its environment, besides PATH, HOME and TMPDIR. `wiring.port` is the port on which it must listen. */
  readonly env: (wiring: W) => Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Ready means: its port accepts a TCP connection or, with a path, answers a GET there with any status. */
  readonly ready?: { readonly path?: string };
  /** It is a Node process, which asks the harness for the names of the parties, so that they can be broken. */
  readonly names?: 'node';
  /** Default `SIGTERM`. */
  readonly stopSignal?: NodeJS.Signals;
}

/** Milliseconds between two probes. */
const interval = 20;
/** How often another port is tried when somebody took the chosen one first. */
const retries = 3;

/**
 * A target that runs as a child process in a process group of its own. Its environment is PATH, HOME, TMPDIR and what
 * `env` says, and nothing else of the harness's. When `wiring.port` is 0, a free port is chosen. The group is killed
 * when the target stops, when the start is aborted, and when the harness process ends, however it ends.
 *
 * `start` rejects with a `FailwellError` (`target-not-ready`) when the command is missing, ends or is aborted before
 * it is ready, or finds its port in use.
 */
export function childProcess<W extends Place = GatewayWiring>(options: ChildProcessOptions<W>): Driver<W> {
  return {
    kind: 'process',
    ...(options.names && byName),
    brings: ['interruptible', ...(options.names ? (byName.brings ?? []) : [])],
    async start(wiring, io) {
      for (let attempt = 0; ; attempt += 1) {
        const port = await freePort(wiring.host, wiring.port).catch((cause: NodeJS.ErrnoException) => {
          const why = cause.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${cause.code ?? cause.message})`;
          const advice = 'free it, or let Failwell choose one with port 0';
          const what = `The target's port ${wiring.host}:${wiring.port} ${why}: ${advice}.`;
          throw new FailwellError('target-not-ready', what, { cause });
        });
        const started = await startOn({ ...wiring, port }, io, options);
        if (!(started instanceof FailwellError)) return started;
        if (attempt >= retries || wiring.port !== 0) throw started;
      }
    },
  };
}

/** Resolves with an error, instead of rejecting, when another port may help. */
async function startOn<W extends Place>(
  wiring: W,
  io: DriverIo,
  options: ChildProcessOptions<W>,
): Promise<Instance | FailwellError> {
  const { host, port } = wiring;
  const name = nameOf(options);
  const where = `${host}:${port}`;
  const began = performance.now();
  let lastLine = '';
  let lastError = '';
  let portTaken = false;

  const notReady = (what: string, advice: string, cause?: unknown) => {
    const last = lastError || lastLine;
    const printed = last === '' ? 'it printed nothing' : `it printed last: '${last.slice(0, 300)}'`;
    return new FailwellError('target-not-ready', `The target '${name}' ${what}; ${printed}. ${advice}`, { cause });
  };
  if (io.signal.aborted) throw notReady('was aborted before it was started', 'Run it again.', io.signal.reason);

  const { child, exited, stop, kill, pause, unpause } = await spawned(
    { ...options, env: { ...(options.names && nodeNames(wiring)), ...options.env(wiring) } },
    'ignore',
  );
  const log = (stream: string) => (line: string) => {
    if (line.trim() !== '') lastLine = line.trim();
    if (/error|cannot|EADDR/i.test(line) && !/^\s*at /.test(line)) lastError = line.trim();
    portTaken ||= line.includes('EADDRINUSE');
    io.log(stream, line);
  };
  eachLine(child.stdout!, log('stdout'));
  eachLine(child.stderr!, log('stderr'));

  let words: string | undefined;
  void exited.then((said) => {
    words = said;
  });

  const probe = () =>
    options.ready?.path ? responds(`http://${where}${options.ready.path}`, io.signal) : accepts(host, port);
  const life: Pick<Instance, 'pause' | 'unpause' | 'restart'> = {
    async pause() {
      pause();
    },
    async unpause() {
      unpause();
    },
    async restart() {
      await kill();
      const next = await startOn(wiring, { ...io, signal: AbortSignal.timeout(deadlines.start) }, options);
      if (next instanceof FailwellError) throw next;
      return next;
    },
  };
  while (words === undefined) {
    if ((await probe()) && words === undefined) return { url: `http://${where}`, exited, stop, kill, ...life };
    await Promise.race([exited, after(interval, undefined, { signal: io.signal }).catch(() => {})]);
    if (io.signal.aborted && words === undefined) {
      await kill();
      const waited = `${Math.round(performance.now() - began)} ms`;
      const asked = options.ready?.path ? `answer ${options.ready.path}` : 'listen';
      const advice = 'Start it by hand to see why, or allow it more time.';
      throw notReady(`did not ${asked} on ${where} within ${waited}`, advice, io.signal.reason);
    }
  }
  const ended = `${words.replace(/^killed/, 'was killed')} before it listened on ${where}`;
  if (portTaken) return notReady(ended, 'Another process took its port: run it again.');
  throw notReady(ended, 'Start it by hand with the same environment to see why.');
}
