import type { Driver, DriverIo, GatewayWiring, Instance } from '../model/target.ts';

/** A target that runs inside the harness process: quick to start, and its clock can be injected. */
export function inProcess(start: (wiring: GatewayWiring, io: DriverIo) => Promise<Instance>): Driver {
  return { kind: 'in-process', start };
}
