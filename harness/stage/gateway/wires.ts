import { createApi } from '../../../mocks/api/api.ts';
import { attackerHandler } from '../../../mocks/forge/attacker.ts';
import { createIdp, type Idp } from '../../../mocks/idp/idp.ts';
import type { SeenExchange } from '../../../mocks/links/exchange.ts';
import { type OpenLink, openLink } from '../../../mocks/links/link.ts';
import type { Random } from '../../model/fault.ts';
import type { HttpRequest } from '../../model/http.ts';
import type { GatewayWiring } from '../../model/target.ts';
import type { Neighbours } from '../neighbours.ts';
import type { Surroundings } from '../surroundings.ts';
import { publicPem } from './key-pem.ts';

const audience = 'https://api.failwell.test';
const scope = 'items:read';
const client = { id: 'failwell-gateway', secret: 'gateway-secret-5f3c9a1e7b' };

/** The parties around a gateway and the wires between them. */
export interface GatewayWires extends AsyncDisposable {
  readonly idp: Idp;
  /** The links that are open, by name; `caller→gateway` once the gateway runs. */
  readonly links: ReadonlyMap<string, OpenLink>;
  /** What the gateway is told of its surroundings. */
  readonly wiring: GatewayWiring;
  /** Opens `caller→gateway` to where the gateway serves. */
  connect(url: string): Promise<void>;
}

/** The correlation that a request carries in its path. */
const correlationOf = ({ path }: HttpRequest) => /\/items\/(fw-[0-9a-f]+)/.exec(path)?.[1];

/** Opens everything around a gateway: the mock IdP, the API, the attacker's host, and a link to each. */
export async function openGatewayWires(options: {
  readonly surroundings: Surroundings;
  readonly random: Random;
  readonly observe: (seen: SeenExchange) => void;
  readonly now: () => number;
  readonly neighbours: Pick<Neighbours, 'placed'>;
}): Promise<GatewayWires> {
  const { surroundings, random, observe, now, neighbours } = options;
  const { ca, tls, authority, clock } = surroundings;
  const linkTls = { ...tls, authority };
  const links = new Map<string, OpenLink>();
  await using opening = new AsyncDisposableStack();
  const open = async (link: Omit<Parameters<typeof openLink>[0], 'observe' | 'now' | 'correlationOf'>) => {
    const opened = opening.use(
      await openLink({ ...link, ...neighbours.placed(link.name), observe, now, correlationOf }),
    );
    links.set(link.name, opened);
    return opened;
  };
  const toIdp = await open({
    name: 'gateway→idp',
    listen: true,
    tls: linkTls,
    origin: { handle: (request) => idp.handle(request) },
    endpointOf: (path) => idp.endpointOf(path),
  });
  const toAttacker = await open({
    name: 'gateway→attacker',
    listen: true,
    tls: linkTls,
    origin: { handle: async (request) => attackerHandler(idp.foreign)(request) },
  });
  const toApi = await open({ name: 'gateway→api', listen: true, tls: linkTls, origin: createApi() });
  const idp = await createIdp({
    issuer: toIdp.url,
    audience,
    scope,
    clock,
    random,
    clients: [client],
    attackerUrl: `${toAttacker.url}/jwks`,
  });
  const cleanup = opening.move();
  return {
    idp,
    links,
    wiring: {
      issuer: toIdp.url,
      jwksUri: idp.endpoints.jwks,
      introspectionEndpoint: idp.endpoints.introspection,
      keyPem: publicPem(idp.published[0]!),
      audience,
      scope,
      clientId: client.id,
      clientSecret: client.secret,
      api: toApi.url,
      ca,
      tls,
      host: '127.0.0.1',
      port: 0,
      clock,
    },
    async connect(url) {
      const link = { name: 'caller→gateway', listen: false, origin: { url, ca: ca.pem } } as const;
      const opened = cleanup.use(await openLink({ ...link, observe, now, correlationOf }));
      links.set(link.name, opened);
    },
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}
