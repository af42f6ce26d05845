import { createApi } from '../../../mocks/api/api.ts';
import type { SeenExchange } from '../../../mocks/links/exchange.ts';
import { type OpenLink, openLink } from '../../../mocks/links/link.ts';
import { FailwellError } from '../../model/error.ts';
import type { PlacedFault, Random } from '../../model/fault.ts';
import type { ChainWiring, DriverIo, Reach, Target } from '../../model/target.ts';
import { type ClientWires, openClientWires } from '../client/wires.ts';
import { publicPem } from '../gateway/key-pem.ts';
import { type Neighbours, openNeighbours } from '../neighbours.ts';
import type { Surroundings } from '../surroundings.ts';
import { type TargetClock, targetClock } from '../target-clock.ts';
import { startRealIdp } from './real-idp.ts';

const credentials = { id: 'failwell-gateway', secret: 'gateway-secret-5f3c9a1e7b' };

/** The wires of a client whose API stands behind a gateway, and of that gateway. */
export interface ChainWires extends Omit<ClientWires, 'wiring'> {
  readonly wiring: ClientWires['wiring'] & ChainWiring;
  /** The members' own clocks. */
  readonly clocks: { readonly client: TargetClock; readonly gateway: TargetClock };
  /** Breaks a name of either member. */
  readonly names: { place(placed: PlacedFault, random: Random): Promise<() => Promise<void>> };
}

/**
 * Both members know the IdP by one name, so that its issuer is one, and reach it over links of their own: the name has
 * another address for each. So both must ask the harness for names.
 */
export async function openChainWires(options: {
  readonly members: NonNullable<Target['members']>;
  readonly surroundings: Surroundings;
  readonly random: Random;
  readonly observe: (seen: SeenExchange) => void;
  readonly served: () => void;
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Takes the lines of a real IdP. */
  readonly log: DriverIo['log'];
}): Promise<ChainWires> {
  const { members, surroundings, observe, now, signal } = options;
  const { ca, tls, authority } = surroundings;
  await using opening = new AsyncDisposableStack();
  const near = async (member: Target, listen: string): Promise<Neighbours> => {
    const reach = await reachOf(member, signal);
    // A container has an address of its own for its links; two that live here must not share one.
    const at = reach.listen === '127.0.0.1' ? { ...reach, listen } : reach;
    return opening.use(await openNeighbours(at, observe, now, authority));
  };
  const nearClient = await near(members.client, '127.0.0.1');
  const nearGateway = await near(members.gateway, '127.0.0.3');
  // It serves nobody before it is connected.
  const gatewayOrigin = { url: 'http://127.0.0.1:9', ca: ca.pem };
  const wires = opening.use(
    await openClientWires({
      ...options,
      target: members.client,
      neighbours: nearClient,
      called: { link: 'client→gateway', origin: () => gatewayOrigin, registered: [{ ...credentials, grantTypes: [] }] },
      ...(members.gateway.capabilities.includes('jwt') ? {} : { accessTokenFormat: 'opaque' }),
      ...(members.idp && {
        async provide(wanted) {
          const real = opening.use(
            await startRealIdp({ ...options, ...wanted, target: members.idp!, gateway: credentials }),
          );
          return { idp: real, user: real.user };
        },
      }),
    }),
  );
  const { idp } = wires;
  const links = new Map<string, OpenLink>(wires.links);
  const open = async (link: Pick<Parameters<typeof openLink>[0], 'name' | 'origin' | 'endpointOf' | 'port'>) => {
    const served = { tls: { ...tls, authority }, ...nearGateway.placed(link.name) };
    const wire = { ...link, ...served, listen: true, observe, now };
    const opened = opening.use(await openLink(wire));
    links.set(link.name, opened);
    return opened;
  };
  const issuer = new URL(idp.issuer);
  await open({
    name: 'gateway→idp',
    port: Number(issuer.port),
    origin: { handle: (request) => idp.handle(request) },
    endpointOf: (path) => idp.endpointOf(path),
  });
  const api = createApi();
  const toApi = await open({
    name: 'gateway→api',
    origin: {
      handle(request) {
        options.served();
        return api.handle(request);
      },
    },
  });
  const clocks = {
    client: targetClock(surroundings.clock),
    gateway: targetClock(surroundings.clock),
  };
  const { audience, host, port } = wires.wiring;
  const cleanup = opening.move();
  return {
    ...wires,
    links,
    clocks,
    names: {
      async place(placed, random) {
        const { server } = placed.on.startsWith('gateway→') ? nearGateway : nearClient;
        if (server !== undefined) return await server.place(placed, random);
        throw new FailwellError('usage', `${placed.fault.id} is placed on '${placed.on}', to which no name leads.`);
      },
    },
    wiring: {
      ...wires.wiring,
      client: { ...wires.wiring, clock: clocks.client.clock, names: nearClient.names },
      gateway: {
        issuer: idp.issuer,
        jwksUri: idp.endpoints.jwks,
        introspectionEndpoint: idp.endpoints.introspection,
        keyPem: idp.published[0] === undefined ? '' : publicPem(idp.published[0]),
        audience,
        scope: wires.apiScope,
        clientId: credentials.id,
        clientSecret: credentials.secret,
        api: toApi.url,
        ca,
        tls,
        host,
        port,
        clock: clocks.gateway.clock,
        names: nearGateway.names,
      },
    },
    async connect(instance) {
      await wires.connect(instance);
      for (const [name, link] of wires.links) links.set(name, link);
      await clocks.client.follow(instance);
      if (instance.members !== undefined) await clocks.gateway.follow(instance.members.gateway);
      await links.get('client→gateway')?.retarget(instance.members?.gateway.url ?? '');
    },
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}

async function reachOf(member: Target, signal: AbortSignal): Promise<Reach> {
  const reach = await member.driver.reach?.(signal);
  if (reach?.names !== undefined) return reach;
  const advice = "let its driver ask the harness for names ('names')";
  throw new FailwellError(
    'config',
    `${member.id} cannot stand in a chain, where one name leads to two places: ${advice}.`,
  );
}
