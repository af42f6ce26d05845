import { networkInterfaces } from 'node:os';
import { FailwellError } from '../../model/error.ts';
import type { Party } from '../../model/parties.ts';
import { mayListen } from '../free-port.ts';
import { type Engine, engineTrouble } from './engine.ts';
import { ownLabels, runId } from './owner.ts';

/** The network on which this process's containers are, and how they reach this machine from it. */
export interface OwnNetwork {
  readonly name: string;
  readonly id: string;
  /** The address on which the links must listen. */
  readonly listen: string;
  /** The names of the parties as a container knows them, each with the address that it has there. */
  readonly hosts: () => readonly { readonly host: string; readonly ipAddress: string }[];
  nameOf(party: Party): string;
}

/** A share in the network, which is there as long as somebody has one. */
export interface Membership {
  readonly network: OwnNetwork;
  leave(): Promise<void>;
}

let members = 0;
let opened: Promise<OwnNetwork & { remove(): Promise<void> }> | undefined;
let closing: Promise<void> | undefined;

/** Joins this process's own network, which the first one makes and the last one removes. */
export async function joinNetwork(engine: Engine): Promise<Membership> {
  members += 1;
  let left = false;
  const leave = async () => {
    if (left) return;
    left = true;
    members -= 1;
    if (members > 0 || opened === undefined) return;
    const last = opened;
    opened = undefined;
    closing = last.then(
      (network) => network.remove(),
      () => undefined,
    );
    await closing;
  };
  try {
    await closing;
    opened ??= open(engine);
    return { network: await opened, leave };
  } catch (error) {
    await leave();
    throw engineTrouble(error, 'The container engine could not make a network');
  }
}

/** The networks whose containers ask a name server of the harness, by its address. */
const asking = new Map<string, OwnNetwork>();

/** A network for one container, whose gateway has room for a name server: no other stage can have it. */
export async function openAskingNetwork(engine: Engine): Promise<Membership & { readonly port: number }> {
  const network = await open(engine).catch((error: unknown) => {
    throw engineTrouble(error, 'The container engine could not make a network');
  });
  const address = `${network.listen}:${namePort}`;
  asking.set(address, network);
  return {
    network,
    port: namePort,
    async leave() {
      asking.delete(address);
      await network.remove();
    },
  };
}

/** The network of the container that asks at this address. */
export function networkAsking(address: string): OwnNetwork {
  const network = asking.get(address);
  if (network !== undefined) return network;
  const advice = 'let its stage open the links before it starts';
  throw new FailwellError('harness', `No container's network has its name server at ${address}: ${advice}.`);
}

/** Containers ask nowhere else (`docker run --dns` takes no port). */
const namePort = 53;

let made = 0;

async function open({ docker, system, podman }: Engine): Promise<OwnNetwork & { remove(): Promise<void> }> {
  made += 1;
  const name = `failwell-${runId}-${made}`;
  const network = await docker.createNetwork({ Name: name, Driver: 'bridge', Labels: ownLabels() });
  const { IPAM } = (await network.inspect()) as { IPAM?: { Config?: readonly { Gateway?: string }[] } };
  const way = await wayBack(IPAM?.Config?.[0]?.Gateway?.split('/')[0], system, podman);
  const names = new Set<string>();
  return {
    name,
    id: network.id,
    listen: way.listen,
    hosts: () => [...names].map((host) => ({ host, ipAddress: way.address })),
    nameOf(party) {
      const host = `${party}.failwell.test`;
      names.add(host);
      return host;
    },
    async remove() {
      await network.remove().catch(() => undefined);
    },
  };
}

/** An IPv4 address of this machine, other than loopback and the bridges of engines. */
function outerAddress(): string | undefined {
  const found = Object.entries(networkInterfaces()).filter(
    ([name]) => !/^(?:lo|docker|podman|br-|cni|veth|virbr)/.test(name),
  );
  return found.flatMap(([, addresses = []]) => addresses).find(({ family, internal }) => family === 'IPv4' && !internal)
    ?.address;
}

/**
 * How a container reaches this machine. Where the network's gateway is this machine, the links listen there and nowhere
 * else; Docker Desktop leads to loopback; an engine that keeps its networks to itself (rootless) needs every address.
 */
async function wayBack(
  gateway: string | undefined,
  system: string,
  podman: Engine['podman'],
): Promise<{ readonly listen: string; readonly address: string }> {
  // The system's list leaves out a bridge that no container is on yet: whoever can listen there has the address.
  const own = gateway !== undefined && (await mayListen(gateway, 0).then(Boolean, () => false));
  if (own) return { listen: gateway, address: gateway };
  // Its bridge will have this address, but has it not yet.
  if (podman === 'root' && gateway !== undefined) return { listen: '0.0.0.0', address: gateway };
  // A network of its own leads out to this machine by the address that others call it by.
  if (podman === 'rootless') return { listen: '0.0.0.0', address: outerAddress() ?? 'host-gateway' };
  return { listen: system.includes('Docker Desktop') ? '127.0.0.1' : '0.0.0.0', address: 'host-gateway' };
}
