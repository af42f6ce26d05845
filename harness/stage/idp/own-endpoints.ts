import { keysOf, verifiedJwt } from '../../../mocks/idp/tokens/signed-jwt.ts';
import { type OpenLink, openLink } from '../../../mocks/links/link.ts';
import type { Headers, HttpAnswer, HttpRequest } from '../../model/http.ts';
import type { Json } from '../../model/json.ts';
import type { Endpoint } from '../../model/parties.ts';
import type { IdpWiring } from '../../model/target.ts';
import type { Backstage } from '../cast.ts';
import { type ClientKey, clientKey } from './client-key.ts';
import { idpParties } from './wiring.ts';

/** What the harness serves as a client of the IdP, and what stands there now. */
export interface OwnEndpoints extends AsyncDisposable {
  readonly link: OpenLink;
  /** The clients that have something there, as the IdP shall know them. */
  readonly clients: Pick<IdpWiring['clients'], 'key' | 'logout'>;
  readonly key: ClientKey;
  /** Publishes a request object from now on, and returns its URL. */
  publish(requestObject: string, place: 'registered' | 'unregistered'): string;
  /** Where the keys come from with which logout tokens are checked. */
  trust(issuer: string, jwks: () => Promise<KeySet>): void;
}

type KeySet = Parameters<typeof keysOf>[0];

const paths = {
  jwks: '/jwks',
  registered: '/request-object',
  unregistered: '/elsewhere',
  logout: '/backchannel-logout',
} as const;

const endpointsByPath: { readonly [path: string]: Endpoint } = {
  [paths.jwks]: 'jwks',
  [paths.registered]: 'request-object',
  [paths.unregistered]: 'request-object',
  [paths.logout]: 'backchannel-logout',
};

/** What a target must be able to do for an endpoint of a client's to matter. */
const needs = {
  key: ['private-key-jwt', 'request-uri'],
  logout: ['backchannel-logout'],
} as const;

/** Those of the stage of an IdP that makes requests of its own; one that runs elsewhere could not reach them. */
export async function ownEndpointsFor(backstage: Backstage): Promise<OwnEndpoints | undefined> {
  const { capabilities, driver } = backstage.target;
  const calls = Object.values(needs)
    .flat()
    .some((one) => capabilities.includes(one));
  return calls && driver.kind !== 'remote' ? await openOwnEndpoints(backstage) : undefined;
}

/** Opens the link `idp→client`, behind which the harness is a client with a JWK Set, request objects and a place to be told of logouts. */
async function openOwnEndpoints({ target, surroundings, neighbours, observe, now }: Backstage): Promise<OwnEndpoints> {
  const { tls, authority } = surroundings;
  const key = await clientKey('client-key');
  let requestObject = '';
  let trusted: { readonly issuer: string; readonly jwks: () => Promise<KeySet> } | undefined;

  async function handle({ method, path, body }: HttpRequest): Promise<HttpAnswer> {
    switch (path.replace(/\?.*/s, '')) {
      case paths.jwks:
        return answer(200, 'application/json', JSON.stringify(key.jwks));
      case paths.registered:
      case paths.unregistered:
        return answer(200, 'application/oauth-authz-req+jwt', requestObject);
      case paths.logout:
        if (method === 'POST') return await told(new URLSearchParams(Buffer.from(body).toString()).get('logout_token'));
        return answer(405, 'text/plain', '', [['Allow', 'POST']]);
      default:
        return answer(404, 'text/plain', '');
    }
  }

  /** Back-Channel Logout 1.0 §2.6 and §2.8: a token that this client could not use is answered 400. */
  async function told(token: string | null): Promise<HttpAnswer> {
    try {
      if (trusted === undefined) throw new Error('no issuer is trusted');
      const keys = keysOf(await trusted.jwks());
      await verifiedJwt(token ?? '', keys, { issuer: trusted.issuer, audience: logout.id });
      return answer(200, 'text/plain', '', [['Cache-Control', 'no-store']]);
    } catch (error) {
      const said: Json = { error: 'invalid_request', error_description: (error as Error).message };
      return answer(400, 'application/json', JSON.stringify(said), [['Cache-Control', 'no-store']]);
    }
  }

  const { grantTypes, scope } = idpParties.clients.confidential;
  const link = await openLink({
    name: 'idp→client',
    listen: true,
    tls: { ...tls, authority },
    origin: { handle },
    endpointOf: (path) => endpointsByPath[path.replace(/\?.*/s, '')] ?? 'other',
    observe,
    now,
    ...neighbours.placed('idp→client'),
  });
  const can = (one: string) => target.capabilities.includes(one);
  const logout = {
    id: 'failwell-logout',
    secret: 'logout-secret-5d2e8b0c7a14',
    redirectUris: ['https://logout.failwell.test/callback'],
    postLogoutRedirectUris: ['https://logout.failwell.test/logged-out'],
    backchannelLogoutUri: `${link.url}${paths.logout}`,
    grantTypes,
    scope,
  };
  return {
    link,
    key,
    clients: {
      ...(needs.key.some(can) && {
        key: {
          id: 'failwell-key',
          redirectUris: ['https://key.failwell.test/callback'],
          jwksUri: `${link.url}${paths.jwks}`,
          jwks: key.jwks,
          requestUris: [`${link.url}${paths.registered}`],
          grantTypes,
          scope,
        },
      }),
      ...(needs.logout.some(can) && { logout }),
    },
    publish(object, place) {
      requestObject = object;
      return `${link.url}${paths[place]}`;
    },
    trust(issuer, jwks) {
      trusted = { issuer, jwks };
    },
    [Symbol.asyncDispose]: () => link[Symbol.asyncDispose](),
  };
}

function answer(status: number, type: string, body: string, more: Headers = []): HttpAnswer {
  return { status, headers: [['Content-Type', type], ...more], body: Buffer.from(body) };
}
