import type { PlacedFault, Random } from '../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { Endpoint } from '../../harness/model/parties.ts';
import type { TokenRecipe } from '../../harness/model/step.ts';
import type { Clock } from '../../harness/model/time.ts';
import type { SigningKey } from '../../harness/model/token.ts';
import { json, Refusal } from './answer.ts';
import { authorization } from './authorization.ts';
import type { RegisteredClient } from './client-authentication.ts';
import { discovery } from './discovery.ts';
import type { EndpointHandler, Endpoints, Visit } from './endpoint.ts';
import { createFaultBoard } from './faults.ts';
import { introspection } from './introspection.ts';
import { jwks } from './jwks.ts';
import { createKeyring } from './keyring.ts';
import { revocation } from './revocation.ts';
import { token } from './token.ts';
import { createTokens } from './tokens.ts';

export interface IdpOptions {
  /** Issuer identifier; it may have a path, and no trailing slash. */
  readonly issuer: string;
  readonly audience: string;
  /** Space-delimited scope values that the IdP knows; a token gets all of them when nobody asks for less. */
  readonly scope: string;
  readonly clock: Clock;
  readonly random: Random;
  /** The first one is the client that minted tokens are issued to. */
  readonly clients: readonly [RegisteredClient, ...RegisteredClient[]];
  /** Serves a JWK Set with the foreign key. */
  readonly attackerUrl: string;
  /** Seconds; an hour when absent. */
  readonly accessTokenLifetime?: number;
  /** Issuers of different slots share no key material; 0 when absent. Making the keys of a new slot takes a while. */
  readonly keySlot?: number;
}

/** An answer and the faults that changed it. */
type IdpAnswer = HttpAnswer & { readonly faults: readonly string[] };

/** A mock IdP: correct, with seams for faults. It opens no socket; a link serves it. */
export interface Idp {
  readonly issuer: string;
  readonly endpoints: Endpoints;
  /** The keys in its JWK Set, the signing one first. */
  readonly published: readonly SigningKey[];
  /** The key that it never publishes. */
  readonly foreign: SigningKey;
  /** Which endpoint a path (with or without a query) belongs to. */
  endpointOf(path: string): Endpoint;
  /** Whatever is wrong with a request is in its answer; rejects only when the mock itself fails. */
  handle(request: HttpRequest): Promise<IdpAnswer>;
  /**
   * A token by recipe: JWTs by the forge, opaque ones random and known to introspection. `random` decides what is
   * random in it, the IdP's own when absent. The recipe's name is the caller's business. Throws a `FailwellError`
   * (`usage`) for an opaque token with flaws.
   */
  mint(recipe: TokenRecipe, random?: Random): Promise<string>;
  rotateKeys(options: { readonly withdraw: boolean }): Promise<void>;
  /** As if the owner had it revoked (RFC 7009); it cannot be undone. */
  revoke(token: string): void;
  /** Puts a fault on one of the IdP's seams; the result takes it away again. Throws a `FailwellError` for other seams. */
  place(placed: PlacedFault, random: Random): () => void;
}

const handlers: { readonly [E in Endpoint]?: EndpointHandler } = {
  discovery,
  jwks,
  token,
  introspection,
  revocation,
  authorization,
};

export async function createIdp(options: IdpOptions): Promise<Idp> {
  const {
    issuer,
    audience,
    scope,
    clock,
    random,
    clients,
    attackerUrl,
    accessTokenLifetime: lifetime = 3600,
  } = options;
  const keyring = await createKeyring(random, options.keySlot ?? 0);
  const tokens = createTokens({ issuer, audience, scope, lifetime, attackerUrl }, keyring);
  const board = createFaultBoard();
  const base = issuer.replace(/\/$/, '');
  const endpoints: Endpoints = {
    discovery: `${base}/.well-known/openid-configuration`,
    jwks: `${base}/jwks`,
    token: `${base}/token`,
    introspection: `${base}/introspect`,
    revocation: `${base}/revoke`,
    authorization: `${base}/authorize`,
  };
  const places = new Map<string, Endpoint>(
    Object.entries(endpoints).map(([endpoint, url]) => [new URL(url).pathname, endpoint as Endpoint]),
  );
  // RFC 8414 §3.1 puts the well-known part before the issuer's path, and §5 the OpenID one there too.
  const path = new URL(base).pathname.replace(/\/$/, '');
  for (const name of ['oauth-authorization-server', 'openid-configuration'])
    places.set(`/.well-known/${name}${path}`, 'discovery');
  const endpointOf = (path: string) => places.get(path.split('?')[0] ?? '') ?? 'other';
  const scopes = scope.split(' ').filter(Boolean);

  const visit = (endpoint: Endpoint, met: Set<string>): Visit => {
    let time: number | undefined;
    const through: Visit['through'] = (seam, value) => board.through(seam, endpoint, value, met);
    // Asked for only where time matters, so that a fault on the clock is met where it made a difference.
    const now = () => (time ??= through('clock', clock.now()));
    const issue = (scope: string, to: string) => tokens.issue({ format: 'jwt', flaws: [], scope }, to, now(), random);
    return { issuer, attackerUrl, endpoints, scopes, lifetime, clients, keyring, tokens, now, issue, through };
  };

  return {
    issuer,
    endpoints,
    get published() {
      return keyring.published;
    },
    foreign: keyring.foreign,
    endpointOf,
    async handle(request) {
      const endpoint = endpointOf(request.path);
      const met = new Set<string>();
      const here = visit(endpoint, met);
      let answer = await answerTo(request, endpoint, here);
      if (endpoint === 'token') answer = here.through('token-answer', answer);
      if (endpoint === 'introspection') answer = here.through('introspection-answer', answer);
      if (request.method === 'HEAD') answer = { ...answer, body: new Uint8Array() };
      return { ...answer, faults: [...met] };
    },
    mint: (recipe, by = random) => tokens.issue(recipe, clients[0].id, visit('token', new Set()).now(), by),
    rotateKeys: keyring.rotate,
    revoke: tokens.revoke,
    place: board.place,
  };
}

async function answerTo(request: HttpRequest, endpoint: Endpoint, visit: Visit): Promise<HttpAnswer> {
  const handler = handlers[endpoint];
  if (!handler) return json(404, { error: 'not_found' });
  try {
    return await handler(request, visit);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}
