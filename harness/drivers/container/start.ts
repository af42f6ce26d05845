import { once } from 'node:events';
import { deadlines } from '../../model/deadlines.ts';
import { FailwellError } from '../../model/error.ts';
import type { DriverIo, ImageSource, Instance, Place } from '../../model/target.ts';
import { freePort } from '../free-port.ts';
import { clockEnvironment, clockFile, moveClock } from './clock.ts';
import type { ContainerOptions } from './container.ts';
import { contents, startContainer } from './create.ts';
import { type Container, type Engine, engineGone, engineTrouble, isGone, openEngine, said } from './engine.ts';
import type { PresentImage } from './image.ts';
import { instanceOf } from './instance.ts';
import { follow, type Life } from './life.ts';
import { followFile } from './logs.ts';
import { joinNetwork, networkAsking, type OwnNetwork } from './network.ts';
import { keepPrinted } from './printed.ts';
import { provideImage } from './provide.ts';
import { removeContainer } from './sweep.ts';
import { caFile, debianBundle, trusting } from './trust.ts';
import { untilReady } from './until-ready.ts';

/** How often another port is tried when somebody took the chosen one first. */
const retries = 3;

/** Starts a container and waits until it is ready. */
export async function start<W extends Place>(
  options: ContainerOptions<W>,
  source: ImageSource,
  wiring: W,
  io: DriverIo,
): Promise<Instance> {
  const engine = await openEngine();
  const image = await provideImage(engine, source, () => {}, io.signal);
  // A network with a name server is its stage's to leave.
  const { network, leave } = wiring.names
    ? { network: networkAsking(wiring.names.address), leave: async () => {} }
    : await joinNetwork(engine);
  try {
    for (let attempt = 0; ; attempt += 1) {
      const port = await freePort('127.0.0.1', wiring.port).catch((cause: NodeJS.ErrnoException) => {
        throw portTaken(wiring.port, cause);
      });
      const started = await startOn(port, { options, wiring, io, engine, image, network, leave });
      if (started !== 'port-taken') return started;
      if (attempt >= retries || wiring.port !== 0) throw portTaken(port);
    }
  } catch (error) {
    await leave();
    throw error;
  }
}

function portTaken(port: number, cause?: unknown): FailwellError {
  const sentence = `The port 127.0.0.1:${port} on which the target was to be reached is in use: free it, or let Failwell choose one with port 0.`;
  return new FailwellError('target-not-ready', sentence, { cause });
}

async function startOn<W extends Place>(
  outside: number,
  given: {
    readonly options: ContainerOptions<W>;
    readonly wiring: W;
    readonly io: DriverIo;
    readonly engine: Engine;
    readonly image: PresentImage;
    readonly network: OwnNetwork;
    readonly leave: () => Promise<void>;
  },
): Promise<Instance | 'port-taken'> {
  const { options, wiring, io, engine, image, network, leave } = given;
  const inner = { ...wiring, host: '0.0.0.0', port: options.port, ca: { pem: wiring.ca.pem, file: caFile } };
  const trust = trusting(options.trust ?? debianBundle, wiring.ca.pem);
  const clock = options.clock !== undefined && image.built ? clockFile(0) : undefined;
  const url = `http://127.0.0.1:${outside}`;
  const printed = keepPrinted();
  const log: DriverIo['log'] = (stream, line) => {
    printed.take(line);
    io.log(stream, line);
  };
  let created: Container | undefined;
  const born = Promise.withResolvers<Life>();
  const starting = startContainer(
    {
      image: image.name,
      network: network.name,
      ...(wiring.names ? { nameServer: network.listen, hosts: [] } : { hosts: network.hosts() }),
      env: { ...(clock && clockEnvironment()), ...options.env?.(inner, url) },
      files: { ...trust.files, ...(clock && { [clock.target]: clock.content }), ...options.files?.(inner, url) },
      entrypoint: trust.entrypoint,
      command: options.command,
      port: { inside: options.port, outside },
    },
    engine.docker,
    async (container) => {
      created = container;
      born.resolve(await follow(container, { ...io, log }));
    },
  );
  try {
    // Testcontainers looks for the ports of one that has ended already for ten seconds: that is not waited for.
    const ended = born.promise.then(({ exited }) => exited);
    await Promise.race([starting, ended, aborted(io.signal)]);
    const life = await Promise.race([born.promise, starting.then(() => born.promise)]);
    const ready = options.ready ?? { tcp: true };
    const waited = { image: image.name, ready, port: outside, printed };
    await untilReady({ ...waited, life, signal: io.signal });
    for (const file of options.logs ?? []) await followFile(created!, file, log);
    return instanceOf({
      url,
      image,
      network: engine.docker.getNetwork(network.id),
      container: created!,
      life,
      follow() {
        printed.forget();
        return follow(created!, { ...io, log });
      },
      ready: (next) =>
        untilReady({ ...waited, life: next, signal: AbortSignal.timeout(options.startsWithin ?? deadlines.start) }),
      leave,
      ...(clock && { moveClock: async (by) => await moveClock(await starting, by) }),
      write: async (it) => await (await starting).copyContentToContainer(contents(it)),
    });
  } catch (error) {
    if (isGone(error)) io.lost?.(engineGone);
    // Testcontainers may still be at it.
    if (created === undefined) await starting.catch(() => undefined);
    if (created !== undefined) {
      await removeContainer(created).catch(() => undefined);
      void born.promise.then((life) => life.drop());
    }
    if (/port is already allocated|address already in use/.test(said(error))) return 'port-taken';
    throw engineTrouble(error, `The container of ${image.name} could not be started`);
  } finally {
    starting.catch(() => undefined);
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
