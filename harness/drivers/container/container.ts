import { fileURLToPath } from 'node:url';
import type { Driver, GatewayWiring, ImageSource, Place } from '../../model/target.ts';
import type { Ready } from './ready.ts';
import type { Trust } from './trust.ts';

/** How a target is started in a container. At least one of `image` and `build` is there. */
export interface ContainerOptions<W extends Place = GatewayWiring> {
  /** An official image, which is used where it is present or can be pulled. */
  readonly image?: string;
  /** The folder of a Dockerfile, for where there is no such image: `new URL('.', import.meta.url)`. */
  readonly build?: URL | string;
  /** Configuration: the content of files by their path in the container. `url` is where it will be reached. */
  readonly files?: (wiring: W, url: string) => Readonly<Record<string, string>>;
  readonly env?: (wiring: W, url: string) => Readonly<Record<string, string>>;
  /** Default: the image's own. */
  readonly command?: readonly string[];
  /** The port on which it serves, on every address of the container; `wiring.port` says the same. */
  readonly port: number;
  /** Default: it listens. */
  readonly ready?: Ready;
  /** Milliseconds that a start may take, where that is longer than for others. */
  readonly startsWithin?: number;
  /** Log files in the container, besides standard output and error. */
  readonly logs?: readonly string[];
  /** Default: the authority takes the place of Debian's bundle. */
  readonly trust?: Trust;
  /** libfaketime is in the pack's own image, so the clock can be moved (capability `clock`); not for static binaries, nor for Go. */
  readonly clock?: 'faketime';
  /** It asks for names as its resolver says, so that they can be broken: it gets a network of its own. */
  readonly names?: true;
  /** Where it keeps what it knows: started before it, and reached through the link `idp→store` (capability `store`). */
  readonly store?: Driver<Place>;
}

/**
 * A target that runs in a container, on a network of this process's own. It reaches the parties by name
 * (`idp.failwell.test`), and is reached on loopback alone. All that it needs is made for it and removed with it.
 *
 * `start` rejects with a `FailwellError` (`target-not-ready`) when there is no engine, no image, or when it does not
 * become ready.
 */
export function container<W extends Place = GatewayWiring>(options: ContainerOptions<W>): Driver<W> {
  const { image, build, store } = options;
  const source: ImageSource = {
    ...(image !== undefined && { image }),
    ...(build !== undefined && { build: (build instanceof URL ? fileURLToPath(build) : build).replace(/\/$/, '') }),
  };
  // All else is loaded when it is needed: what only lists targets need not wait for it.
  return {
    kind: 'container',
    brings: [
      'interruptible',
      'detachable',
      ...(options.clock === undefined ? [] : ['clock']),
      ...(options.names ? ['dns'] : []),
      ...(store === undefined ? [] : ['store']),
    ],
    ...(store !== undefined && { store }),
    image: source,
    ...(options.startsWithin !== undefined && { startsWithin: options.startsWithin }),
    async lacks() {
      return (await (await import('./lacks.ts')).lacks(source)) ?? (await store?.lacks?.());
    },
    async prepare(say, signal) {
      const [{ openEngine }, { provideImage }] = await Promise.all([import('./engine.ts'), import('./provide.ts')]);
      const { name, digest } = await provideImage(await openEngine(), source, say, signal);
      await store?.prepare?.(say, signal);
      return `${name} ${digest}`;
    },
    ...(!options.names && {
      async share(signal) {
        const { close } = await (await import('./reach.ts')).reach(signal);
        return { [Symbol.asyncDispose]: close };
      },
    }),
    async reach(signal) {
      const { reach, reachByName } = await import('./reach.ts');
      return await (options.names ? reachByName : reach)(signal);
    },
    async start(wiring, io) {
      return await (await import('./start.ts')).start(options, source, wiring, io);
    },
  };
}
