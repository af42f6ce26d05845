import type { Driver, DriverIo, GatewayWiring, Instance, Place } from '../model/target.ts';

/** A target that runs inside the harness process: quick to start, and its clock can be injected. */
export function inProcess<W extends Place = GatewayWiring>(
  start: (wiring: W, io: DriverIo) => Promise<Instance>,
): Driver<W> {
  return { kind: 'in-process', start };
}
