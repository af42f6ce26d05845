import type { ContainerRuntimeClient } from 'testcontainers';
import { FailwellError } from '../../model/error.ts';
import { sweep } from './sweep.ts';

/** The client of the engine's API that Testcontainers brings. */
export type Docker = ContainerRuntimeClient['container']['dockerode'];
export type Container = ReturnType<Docker['getContainer']>;

/** The container engine of this machine: Docker, or Podman behind the same API. */
export interface Engine {
  readonly docker: Docker;
  /** What the engine says it runs on: `Docker Desktop`, `Debian GNU/Linux 12 (bookworm)`. */
  readonly system: string;
  /** Podman makes a network's bridge with its first container, and may know no `host-gateway`. Absent: another engine. */
  readonly podman?: 'root' | 'rootless' | undefined;
}

let opening: Promise<Engine> | undefined;

/**
 * The engine that `DOCKER_HOST`, the configuration of Testcontainers, or the usual sockets lead to. What dead processes
 * left in it is removed when it is first opened.
 * @throws FailwellError `target-not-ready` when none answers
 */
export function openEngine(): Promise<Engine> {
  opening ??= connect().catch((error: unknown) => {
    // It may be started later.
    opening = undefined;
    throw error;
  });
  return opening;
}

async function connect(): Promise<Engine> {
  // Loaded when it is needed: it takes most of a second.
  const { getContainerRuntimeClient } = await import('testcontainers');
  const { DOCKER_HOST } = process.env;
  // An engine behind a socket is here, though a `/.dockerenv` may make testcontainers look for it on its bridge.
  if (DOCKER_HOST === undefined || DOCKER_HOST.startsWith('unix://'))
    process.env.TESTCONTAINERS_HOST_OVERRIDE ??= 'localhost';
  const none = (cause?: unknown) => {
    const where = DOCKER_HOST === undefined ? 'at the usual sockets' : `at DOCKER_HOST=${DOCKER_HOST}`;
    const advice = 'start Docker or Podman, let this user use it, or set DOCKER_HOST to its socket';
    return new FailwellError('target-not-ready', `No container engine answers ${where}: ${advice}.`, { cause });
  };
  const client = await getContainerRuntimeClient().catch((cause: unknown) => {
    throw none(cause);
  });
  const docker = client.container.dockerode;
  // Testcontainers tries the usual sockets next; who named another one does not want that.
  if (DOCKER_HOST !== undefined && !leadsTo(DOCKER_HOST, docker)) throw none();
  const { host, operatingSystem } = client.info.containerRuntime;
  if (!['localhost', '127.0.0.1', '::1'].includes(host)) {
    const sentence = `The container engine is at ${host}, from where no container reaches the links on this machine: use an engine of this machine's own.`;
    throw new FailwellError('target-not-ready', sentence);
  }
  try {
    await sweep(docker);
    return { docker, system: operatingSystem, podman: await podmanIn(docker) };
  } catch (error) {
    throw engineTrouble(error);
  }
}

/** Whether the engine is Podman, and whose. */
export async function podmanIn(docker: Pick<Docker, 'version' | 'info'>): Promise<Engine['podman']> {
  const { Components } = (await docker.version()) as { readonly Components?: readonly { readonly Name: string }[] };
  if (!Components?.some(({ Name }) => Name.includes('Podman'))) return undefined;
  // Podman 4.3 says it by a member of its own, others by the option that Docker has for it.
  const { Rootless = false, SecurityOptions = [] } = (await docker.info()) as {
    readonly Rootless?: boolean;
    readonly SecurityOptions?: readonly string[];
  };
  return Rootless || SecurityOptions.some((option) => option.includes('rootless')) ? 'rootless' : 'root';
}

function leadsTo(where: string, { modem }: Docker): boolean {
  const { socketPath } = modem as { readonly socketPath?: string };
  return where.startsWith('unix://') ? socketPath === where.slice('unix://'.length) : socketPath === undefined;
}

const goneCodes = ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'];

/** Whether an error of a call to the engine says that there is no engine any more. */
export function isGone(error: unknown): boolean {
  const { code, statusCode, message } = error as { code?: string; statusCode?: number; message?: string };
  return statusCode === undefined && (goneCodes.includes(code ?? '') || message === 'socket hang up');
}

/** Why nothing can be said of a container whose engine is gone. */
export const engineGone = 'the container engine does not answer any more';

/** An error of a call to the engine in one sentence. One that is a sentence already stays. */
export function engineTrouble(error: unknown, what = 'The container engine could not do its work'): FailwellError {
  if (error instanceof FailwellError) return error;
  if (isGone(error)) return noEngineAnyMore(error);
  return new FailwellError('target-not-ready', `${what}: ${said(error)}.`, { cause: error });
}

export function noEngineAnyMore(cause?: unknown): FailwellError {
  const sentence = 'The container engine does not answer any more: see why it stopped, start it, and run again.';
  return new FailwellError('target-not-ready', sentence, { cause });
}

/** What the engine says went wrong, without its protocol's packing. */
export function said(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .replace(/^\(HTTP code \d+\) [^-]*- /, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\.$/, '');
}
