import type { ChainWiring, Driver, DriverIo, Instance, Target } from '../model/target.ts';

/** Starts the gateway, then the client: each with its own wiring, each line of their logs under its name. */
function chained({ client, gateway, idp }: NonNullable<Target['members']>): Driver<ChainWiring> {
  // A real IdP is started by the stage, which has the wires to it.
  const members: readonly Target[] = [client, gateway, ...(idp === undefined ? [] : [idp])];
  const preparing = members.filter(({ driver }) => driver.prepare !== undefined);
  const slow = members.flatMap(({ driver }) => driver.startsWithin ?? []);
  return {
    kind: [client, gateway].map(({ driver }) => driver.kind).join(' and '),
    ...(slow.length > 0 && { startsWithin: Math.max(...slow) }),
    ...(preparing.length > 0 && {
      async prepare(say, signal) {
        const images: string[] = [];
        for (const { driver } of preparing) images.push(await driver.prepare!(say, signal));
        return images.join(' and ');
      },
    }),
    async lacks() {
      for (const { driver } of members) {
        const lack = await driver.lacks?.();
        if (lack !== undefined) return lack;
      }
      return undefined;
    },
    async start(wiring, io) {
      const as = (party: string): DriverIo => ({ ...io, log: (stream, line) => io.log(stream, line, party) });
      const second = await gateway.driver.start(wiring.gateway, as('gateway'));
      let first: Instance;
      try {
        first = await client.driver.start(wiring.client, as('client'));
      } catch (error) {
        await second.stop();
        throw error;
      }
      const named = (instance: Instance, name: string) => instance.exited.then((words) => `${name} ${words}`);
      return {
        ...first,
        members: { gateway: second },
        exited: Promise.race([named(first, 'the client'), named(second, 'the gateway')]),
        async stop() {
          await Promise.all([first.stop(), second.stop()]);
        },
      };
    },
  };
}

/**
 * A client and a gateway in a row, as one target. It can what either of them can, but for `without`: capabilities of the
 * gateway that this chain makes no use of. Where both declare a time, the gateway's counts.
 */
export function chainOf(options: {
  readonly id: string;
  readonly summary: string;
  readonly client: Target<'client'>;
  readonly gateway: Target<'gateway'>;
  readonly without?: readonly string[];
  /** Default: the mock IdP. */
  readonly idp?: Target<'idp'>;
}): Target<'chain'> {
  const { id, summary, client, idp, without = [] } = options;
  const left = options.gateway.capabilities.filter((capability) => !without.includes(capability));
  // What both drivers bring is true of the chain, where it is each member's own.
  const brought = ['clock', 'dns'].filter((one) =>
    [client, options.gateway].every(({ driver }) => driver.brings?.includes(one)),
  );
  const gateway = { ...options.gateway, capabilities: left };
  const members = { client, gateway, ...(idp && { idp }) };
  return {
    id,
    role: 'chain',
    summary,
    capabilities: [...new Set([...client.capabilities, ...left, ...brought])],
    declares: { ...client.declares, ...gateway.declares },
    members,
    driver: chained(members),
  };
}
