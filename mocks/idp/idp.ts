import { FailwellError } from '../../harness/model/error.ts';
import type { PlacedFault, Random } from '../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { Endpoint } from '../../harness/model/parties.ts';
import type { TokenRecipe } from '../../harness/model/step.ts';
import type { SigningKey } from '../../harness/model/token.ts';
import { addressesOf } from './addresses.ts';
import { json, Refusal } from './answer.ts';
import { authorization } from './authorization.ts';
import { createAssertions } from './client-authentication/assertions.ts';
import { createCodes } from './codes.ts';
import { discovery } from './discovery.ts';
import type { EndpointHandler, Endpoints, Household, Visit } from './endpoint.ts';
import { createFamilies } from './families.ts';
import { createFaultBoard } from './faults.ts';
import { signerFor } from './id-token.ts';
import { interaction } from './interaction.ts';
import { createInteractions } from './interactions.ts';
import { introspection } from './introspection.ts';
import { jwks } from './jwks.ts';
import { createKeyring } from './keyring.ts';
import type { IdpOptions } from './options.ts';
import { revocation } from './revocation.ts';
import { createSessions } from './sessions.ts';
import { token } from './token.ts';
import { createTokens } from './tokens.ts';
import { userinfo } from './userinfo.ts';
import { defaultUsers } from './users.ts';

export type { IdpOptions } from './options.ts';

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
  /**
   * Logs a user in without a page. Returns what the browser sends from now on as its `Cookie` field. Throws a
   * `FailwellError` (`usage`) for a user that is not there.
   */
  logIn(username: string): string;
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
  userinfo,
};

/** Rejects with a `FailwellError` (`config`) for a client whose ID tokens cannot be signed as it wants. */
export async function createIdp(options: IdpOptions): Promise<Idp> {
  const { clock, random, clients } = options;
  const { endpointOf, ...addresses } = addressesOf(options.issuer);
  const household = { ...(await furnish(options)), ...addresses };
  const { keyring, tokens, users, sessions } = household;
  const board = createFaultBoard();
  const interactionPath = new URL(addresses.interactionUrl).pathname;

  const visit = (endpoint: Endpoint, met: Set<string>): Visit => {
    let time: number | undefined;
    const through: Visit['through'] = (seam, value) => board.through(seam, endpoint, value, met);
    // Asked for only where time matters, so that a fault on the clock is met where it made a difference.
    const now = () => (time ??= through('clock', clock.now()));
    const issue = (scope: string, to: string) => tokens.issue({ format: 'jwt', flaws: [], scope }, to, now(), random);
    const issueFor: Visit['issueFor'] = (family, scope) => tokens.issueFor(family, scope, now(), random);
    return { ...household, now, issue, issueFor, through };
  };

  return {
    issuer: options.issuer,
    endpoints: addresses.endpoints,
    get published() {
      return keyring.published;
    },
    foreign: keyring.foreign,
    endpointOf,
    async handle(request) {
      const endpoint = endpointOf(request.path);
      const met = new Set<string>();
      const here = visit(endpoint, met);
      const handler = request.path.split('?')[0] === interactionPath ? interaction : handlers[endpoint];
      let answer = await answerTo(request, handler, here);
      if (endpoint === 'token') answer = here.through('token-answer', answer);
      if (endpoint === 'introspection') answer = here.through('introspection-answer', answer);
      if (endpoint === 'authorization') answer = here.through('authorize-answer', answer);
      if (request.method === 'HEAD') answer = { ...answer, body: new Uint8Array() };
      return { ...answer, faults: [...met] };
    },
    mint: (recipe, by = random) => tokens.issue(recipe, clients[0].id, visit('token', new Set()).now(), by),
    logIn(username) {
      const user = users.find((one) => one.username === username);
      if (!user) throw new FailwellError('usage', `There is no user '${username}': log in one of the option 'users'`);
      return `${sessions.cookie}=${sessions.start(user, visit('authorization', new Set()).now()).id}`;
    },
    rotateKeys: keyring.rotate,
    revoke: tokens.revoke,
    place: board.place,
  };
}

async function furnish(options: IdpOptions): Promise<Omit<Household, 'endpoints' | 'interactionUrl'>> {
  const { issuer, audience, scope, random, clients, attackerUrl, accessTokenLifetime: lifetime = 3600 } = options;
  const { refreshTokenIdleLifetime: idle = 30 * 86_400, refreshTokenLifetime: absolute = 180 * 86_400 } = options;
  const keyring = await createKeyring(random, options.keySlot ?? 0);
  for (const client of clients) if (client.idTokenSignedResponseAlg) signerFor(client, keyring);
  const tokens = createTokens({ issuer, audience, scope, lifetime, attackerUrl }, keyring);
  return {
    issuer,
    attackerUrl,
    scopes: scope.split(' ').filter(Boolean),
    lifetime,
    codeLifetime: options.codeLifetime ?? 60,
    challengeMethods: options.plainPkce ? ['S256', 'plain'] : ['S256'],
    acrs: options.acrValues ?? ['1'],
    autoLogin: options.autoLogin ?? false,
    clients,
    assertions: createAssertions(options.assertions),
    users: options.users ?? defaultUsers,
    keyring,
    tokens,
    sessions: createSessions(issuer, random),
    interactions: createInteractions(issuer, random),
    codes: createCodes(random),
    families: createFamilies({ idle: idle * 1000, absolute: absolute * 1000 }, random, tokens.revoke),
  };
}

async function answerTo(request: HttpRequest, handler: EndpointHandler | undefined, visit: Visit): Promise<HttpAnswer> {
  if (!handler) return json(404, { error: 'not_found' });
  try {
    return await handler(request, visit);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}
