import { FailwellError } from '../../model/error.ts';
import type { Reach } from '../../model/target.ts';
import { openEngine } from './engine.ts';
import { joinNetwork, openAskingNetwork } from './network.ts';

/** How a container reaches the parties: a share in this process's network until it is closed. */
export async function reach(signal: AbortSignal): Promise<Reach & { close(): Promise<void> }> {
  const { network, leave } = await joinNetwork(await openEngine());
  await unlessAborted(signal, leave);
  return { listen: network.listen, hostOf: network.nameOf, close: leave };
}

/** As `reach`, but on a network of its own, on which the container asks the harness for the names of the parties. */
export async function reachByName(signal: AbortSignal): Promise<Reach> {
  const { network, port, leave } = await openAskingNetwork(await openEngine());
  await unlessAborted(signal, leave);
  const { listen } = network;
  if (listen !== '0.0.0.0' && !listen.startsWith('127.'))
    return { listen, hostOf: network.nameOf, names: { host: listen, port }, close: leave };
  await leave();
  const advice = "leave out 'names' in its driver, or use an engine on this machine";
  throw new FailwellError(
    'config',
    `The engine keeps its networks to itself, so no name server can stand there: ${advice}.`,
  );
}

async function unlessAborted(signal: AbortSignal, leave: () => Promise<void>): Promise<void> {
  if (!signal.aborted) return;
  await leave();
  signal.throwIfAborted();
}
