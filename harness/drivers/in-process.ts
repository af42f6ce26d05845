import type { Driver, DriverIo, GatewayWiring, Instance, Place } from '../model/target.ts';
import { byName } from './names.ts';

interface InProcessOptions {
  /** It asks `wiring.names.lookup` for names, so that they can be broken. */
  readonly names?: boolean;
  /** It takes its time from `wiring.clock`, so that its clock can be wrong. */
  readonly clock?: boolean;
}

/** A target that runs inside the harness process: quick to start, and its clock can be injected. */
export function inProcess<W extends Place = GatewayWiring>(
  start: (wiring: W, io: DriverIo) => Promise<Instance>,
  { names = false, clock = false }: InProcessOptions = {},
): Driver<W> {
  const brings = [...(names ? (byName.brings ?? []) : []), ...(clock ? ['clock'] : [])];
  return { kind: 'in-process', ...(names && byName), brings, start };
}
