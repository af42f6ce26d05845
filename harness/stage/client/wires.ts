import { type AdjustableClock, createClock } from '../../../mocks/clock/clock.ts';
import { attackerHandler } from '../../../mocks/forge/attacker.ts';
import { createIdp } from '../../../mocks/idp/idp.ts';
import type { Client } from '../../../mocks/idp/registration/client.ts';
import { defaultUsers, type User } from '../../../mocks/idp/sessions/users.ts';
import type { SeenExchange } from '../../../mocks/links/exchange.ts';
import type { HttpOrigin } from '../../../mocks/links/far-end.ts';
import { type OpenLink, openLink } from '../../../mocks/links/link.ts';
import type { Random } from '../../model/fault.ts';
import type { HttpRequest } from '../../model/http.ts';
import type { Link } from '../../model/parties.ts';
import type { ClientWiring, Instance, RegisteredClient, Target } from '../../model/target.ts';
import type { Neighbours } from '../neighbours.ts';
import { restartableIdp, type StageIdp } from '../restartable-idp.ts';
import type { Surroundings } from '../surroundings.ts';
import { apiCredentials, guardedApi } from './api.ts';
import { letsIn } from './lets-in.ts';

const audience = 'https://api.failwell.test';
const scope = 'items:read';
const client = { id: 'failwell-client', secret: 'cs-7d20b4e916-3fa85c02d7' };
/** Where the harness's own browser finds the client: nobody listens there. */
const nowhere = 'https://client.failwell.test';

/** Where the client serves, until it does. */
const unknown = 'http://127.0.0.1:1';

/** A second user, for what must not get from one session into another. */
const others: readonly User[] = [
  { sub: 'user-2', username: 'bob', password: 'builder-of-bridges', claims: { name: 'Bob', email: 'bob@example.com' } },
];

/** The parties around a client and the wires between them. */
export interface ClientWires extends AsyncDisposable {
  readonly idp: StageIdp;
  /** The IdP's clock. */
  readonly clock: AdjustableClock;
  readonly users: readonly User[];
  /** How all of them log in, at an IdP that knows one user only. */
  readonly logsInAs?: User | undefined;
  readonly links: ReadonlyMap<string, OpenLink>;
  /** What the client is told of its surroundings. */
  readonly wiring: ClientWiring;
  /** Scope values of the API alone. */
  readonly apiScope: string;
  /** Opens `browser→client` to where the client serves. */
  connect(instance: Instance): Promise<void>;
}

/** What a client calls with its token. */
export interface Called {
  readonly link: Link;
  /** @param idp is there when the first request comes */
  origin(idp: () => StageIdp): HttpOrigin;
  /** Whom the IdP must know for it. */
  readonly registered: readonly Client[];
}

/**
 * An API that asks the IdP about each token.
 * @param page the origin whose pages call it, where those are the client
 */
const guardedApiOf = (served: () => void, page?: string): Called => ({
  link: page === undefined ? 'client→api' : 'browser→api',
  origin(idp) {
    let api: ReturnType<typeof guardedApi> | undefined;
    const handle = (request: HttpRequest) => {
      api ??= guardedApi(idp(), { audience, scope }, served);
      return api.handle(request);
    };
    return page === undefined ? { handle } : letsIn(page, { handle });
  },
  registered: [{ ...apiCredentials, grantTypes: [] }],
});

/** What a client's stage needs of an IdP. */
export interface WantedIdp {
  /** Where everybody reaches it. */
  readonly publicUrl: string;
  readonly client: RegisteredClient & { readonly secret: string };
  readonly audience: string;
}

/** The correlation that a call of the API carries in its path, where the client lets the harness choose it. */
const correlationOf = ({ path }: HttpRequest) => /\/items\/(fw-[0-9a-f]+)/.exec(path)?.[1];

/** Opens everything around a client: the mock IdP, the API, an attacker's host, and a link to each. */
export async function openClientWires(options: {
  readonly target: Pick<Target, 'web' | 'capabilities'>;
  readonly surroundings: Surroundings;
  readonly random: Random;
  readonly observe: (seen: SeenExchange) => void;
  /** Told of each request that the API served. */
  readonly served: () => void;
  readonly now: () => number;
  readonly neighbours: Pick<Neighbours, 'placed'>;
  /** Default: an API that asks the IdP about each token. */
  readonly called?: Called;
  readonly accessTokenFormat?: 'jwt' | 'opaque';
  /** Starts a real IdP in place of the mock one. */
  readonly provide?: (wanted: WantedIdp) => Promise<{ readonly idp: StageIdp; readonly user: User }>;
}): Promise<ClientWires> {
  const { target, surroundings, random, observe, now, neighbours } = options;
  const { ca, tls, authority } = surroundings;
  const { web } = target;
  /** A real browser runs the client, and opens every wire itself. */
  const real = target.capabilities.includes('browser');
  const inBody = target.capabilities.includes('client-secret-post');
  const links = new Map<string, OpenLink>();
  const clock = createClock({ base: surroundings.clock });
  await using opening = new AsyncDisposableStack();
  const open = async (link: Pick<Parameters<typeof openLink>[0], 'name' | 'origin' | 'endpointOf'>) => {
    // Where the browser is the harness itself, no port is opened for its wires.
    const near =
      real || link.name.startsWith('client→')
        ? { listen: true, tls: { ...tls, authority }, ...neighbours.placed(link.name) }
        : { listen: false };
    const opened = opening.use(await openLink({ ...link, ...near, observe, now, correlationOf }));
    links.set(link.name, opened);
    return opened;
  };
  const toIdp = {
    origin: { handle: (request: HttpRequest) => idp.handle(request) },
    endpointOf: (path: string) => idp.endpointOf(path),
  };
  const fromClient = await open({ name: 'client→idp', ...toIdp });
  const fromBrowser = await open({ name: 'browser→idp', ...toIdp });
  const issuer = real ? fromBrowser.url : fromClient.url;
  const toClient = real ? await open({ name: 'browser→client', origin: { url: unknown, ca: ca.pem } }) : undefined;
  const publicUrl = toClient?.url ?? nowhere;
  const attacker = await open({
    name: 'client→attacker',
    origin: { handle: async (request) => attackerHandler(idp.foreign)(request) },
  });
  const { called = guardedApiOf(options.served, toClient?.url) } = options;
  const api = await open({ name: called.link, origin: called.origin(() => idp) });
  const redirectUri = `${publicUrl}${web?.callback ?? '/callback'}`;
  const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'];
  const wanted = {
    ...client,
    redirectUris: [redirectUri],
    grantTypes,
    scope: `openid profile ${scope}`,
    ...(inBody && ({ secretInBody: true } as const)),
  };
  const mock = (keySlot: number) =>
    createIdp({
      keySlot,
      issuer,
      audience,
      scope,
      clock,
      random,
      clients: [
        // What runs in a browser can keep no secret (RFC 6749 §2.1).
        real
          ? { id: client.id, public: true, redirectUris: [redirectUri] }
          : {
              ...client,
              ...(inBody && { tokenEndpointAuthMethod: 'client_secret_post' as const }),
              redirectUris: [redirectUri],
              grantTypes,
            },
        ...called.registered,
      ],
      users: [...defaultUsers, ...others],
      ...(options.accessTokenFormat && { accessTokenFormat: options.accessTokenFormat }),
      attackerUrl: `${attacker.url}/jwks`,
    });
  const provided = await options.provide?.({ publicUrl: issuer, client: wanted, audience });
  const idp: StageIdp = provided?.idp ?? (await restartableIdp(mock));
  const cleanup = opening.move();
  return {
    idp,
    clock,
    users: [...defaultUsers, ...others],
    logsInAs: provided?.user,
    links,
    apiScope: scope,
    wiring: {
      issuer: idp.issuer,
      endpoints: idp.endpoints,
      clientId: client.id,
      clientSecret: real ? '' : client.secret,
      scope: target.capabilities.includes('id-token') ? `openid profile ${scope}` : scope,
      publicUrl,
      redirectUri,
      api: api.url,
      audience,
      ca,
      tls,
      host: '127.0.0.1',
      port: 0,
      clock: surroundings.clock,
    },
    async connect({ url }) {
      if (web === undefined) return;
      if (toClient !== undefined) return await toClient.retarget(url);
      const link = { name: 'browser→client', listen: false, origin: { url, ca: ca.pem } } as const;
      links.set(link.name, cleanup.use(await openLink({ ...link, observe, now, correlationOf })));
    },
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}
