import type { Reach } from '../../model/target.ts';
import { openEngine } from './engine.ts';
import { joinNetwork } from './network.ts';

/** How a container reaches the parties: a share in this process's network until it is closed. */
export async function reach(signal: AbortSignal): Promise<Reach> {
  const { network, leave } = await joinNetwork(await openEngine());
  if (signal.aborted) {
    await leave();
    signal.throwIfAborted();
  }
  return { listen: network.listen, hostOf: network.nameOf, close: leave };
}
