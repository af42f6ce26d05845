import type { ClientAnswer, Instruction } from '../model/client.ts';
import type { ClientWiring, Driver, DriverIo, Instance } from '../model/target.ts';

/** Gets a running client to do what an instruction says, and tells what came of it. */
export type Asking = (
  instruction: Instruction,
  client: Pick<Instance, 'url' | 'write'> & {
    readonly signal: AbortSignal;
    /** Takes lines that the client shows to who operates it elsewhere than in its logs. */
    readonly log: DriverIo['log'];
  },
) => Promise<ClientAnswer>;

/**
 * A client that cannot be told anything by itself, with a function that knows how: one that acts on a schedule of its own
 * and shows at its own API what came of it (the function waits for that), or one with an interface of its own.
 */
export function asked(driver: Driver<ClientWiring>, asking: Asking): Driver<ClientWiring> {
  return {
    ...driver,
    async start(wiring, io) {
      return told(await driver.start(wiring, io), io);
    },
  };

  function told(instance: Instance, io: DriverIo): Instance {
    // Taken over by name: a class's methods would be lost.
    return Object.assign(Object.create(instance) as typeof instance, {
      ...(instance.restart && { restart: async () => told(await instance.restart!(), io) }),
      ask: (instruction: Instruction, signal: AbortSignal) =>
        asking(instruction, {
          url: instance.url,
          ...(instance.write && { write: (files) => instance.write!(files) }),
          log: io.log,
          signal,
        }),
    });
  }
}

/** Speaks the protocol of shims over HTTP: POSTs the instruction to this path, and reads the answer (docs/shim.md). */
export function postedTo(path: string): Asking {
  return async (instruction, { url, signal }) => {
    const response = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(instruction),
      signal,
    });
    return (await response.json()) as ClientAnswer;
  };
}
