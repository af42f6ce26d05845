import { GenericContainer, type StartedTestContainer, type WaitStrategy } from 'testcontainers';
import type { Container, Docker } from './engine.ts';
import { ownLabels } from './owner.ts';

/** A container as it is to be made. */
export interface Made {
  readonly image: string;
  readonly network: string;
  readonly hosts: readonly { readonly host: string; readonly ipAddress: string }[];
  /** Where its resolver asks; the engine's own server, when absent. */
  readonly nameServer?: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly entrypoint?: readonly string[] | undefined;
  readonly command?: readonly string[] | undefined;
  /** The port on which it serves, and that of this machine's loopback by which it is reached. */
  readonly port: { readonly inside: number; readonly outside: number };
}

/** Waits for nothing: what a target is waited for, its driver knows. */
const started: WaitStrategy = {
  waitUntilReady: async () => {},
  withStartupTimeout: () => started,
  isStartupTimeoutSet: () => true,
  getStartupTimeout: () => 0,
};

/** Publishes on loopback alone, and hands over the container before it starts. */
class OwnContainer extends GenericContainer {
  readonly #docker: Docker;
  readonly #created: (container: Container) => Promise<void>;

  constructor(made: Made, docker: Docker, created: (container: Container) => Promise<void>) {
    super(made.image);
    const { inside, outside } = made.port;
    this.withExposedPorts(inside);
    this.hostConfig.PortBindings = { [`${inside}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: String(outside) }] };
    if (made.nameServer !== undefined) {
      this.hostConfig.Dns = [made.nameServer];
      this.hostConfig.DnsOptions = ['timeout:1', 'attempts:2'];
    }
    this.#docker = docker;
    this.#created = created;
  }

  protected override async containerCreated(id: string): Promise<void> {
    await this.#created(this.#docker.getContainer(id));
  }
}

/**
 * Makes and starts a container.
 * @param created called before it starts
 */
export async function startContainer(
  made: Made,
  docker: Docker,
  created: (container: Container) => Promise<void>,
): Promise<StartedTestContainer> {
  const container = new OwnContainer(made, docker, created)
    // Ours are swept by their labels; its reaper is an image of its own.
    .withAutoCleanup(false)
    .withLabels(ownLabels())
    .withNetworkMode(made.network)
    .withExtraHosts([...made.hosts])
    .withEnvironment({ ...made.env })
    .withCopyContentToContainer(contents(made.files))
    .withWaitStrategy(started);
  if (made.entrypoint !== undefined) container.withEntrypoint([...made.entrypoint]);
  if (made.command !== undefined) container.withCommand([...made.command]);
  return await container.start();
}

/** Files as testcontainers takes them. */
export function contents(files: Readonly<Record<string, string>>) {
  return Object.entries(files).map(([target, content]) => ({ target, content }));
}
