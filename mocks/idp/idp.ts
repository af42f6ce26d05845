import { FailwellError } from '../../harness/model/error.ts';
import type { PlacedFault, Random, Seams, TimelineEvent } from '../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { Lifetimes, Policy } from '../../harness/model/issuing.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import type { Endpoint } from '../../harness/model/parties.ts';
import type { TokenRecipe } from '../../harness/model/step.ts';
import type { SigningKey } from '../../harness/model/token.ts';
import { minted } from './access-token.ts';
import { addressesOf } from './addresses.ts';
import { json, Refusal } from './answer.ts';
import { createAssertions } from './client-authentication/assertions.ts';
import { type Clients, createClients } from './clients.ts';
import { createCodes } from './codes.ts';
import { createCors } from './cors.ts';
import type { EndpointDefinition, Endpoints, Household, Visit } from './endpoint.ts';
import { definitions } from './endpoints/index.ts';
import { createFamilies } from './families.ts';
import { createFaultBoard, type Passage } from './faults.ts';
import { createInteractions } from './interactions.ts';
import { createKeyring } from './keyring.ts';
import { usualLifetimes } from './lifetimes.ts';
import type { IdpOptions } from './options.ts';
import { strictPolicy } from './policy.ts';
import { createSessions } from './sessions.ts';
import { algorithmsFor } from './signing.ts';
import { createTimelines, happen } from './timeline.ts';
import { createTokens } from './tokens.ts';
import { createUsers, defaultUsers, type Users } from './users.ts';

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
  readonly clients: Clients;
  readonly users: Users;
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
  /** Keys that no longer sign are no longer published. */
  dropOldKeys(): void;
  /** As if the owner had it revoked (RFC 7009); it cannot be undone. */
  revoke(token: string): void;
  /** Puts a fault on one of the IdP's seams; the result takes it away again. Throws a `FailwellError` for other seams. */
  place(placed: PlacedFault, random: Random): () => void;
  /**
   * Lets these events happen, each at its time from now on. The result calls off those to come and clears the faults
   * that were placed. Throws a `FailwellError` for a fault that the IdP cannot hold.
   */
  play(events: readonly TimelineEvent[], random: Random): () => void;
}

/** Rejects with a `FailwellError` (`config`) for a client that wants what nothing here can sign. */
export async function createIdp(options: IdpOptions): Promise<Idp> {
  const { issuer, clock, random, elapsed = () => performance.now() } = options;
  const { endpoints, at } = addressesOf(issuer);
  const household: Household = { ...(await furnish(options)), endpoints };
  const { keyring, tokens, users, clients, sessions, acrs } = household;
  const board = createFaultBoard(elapsed);
  const timelines = createTimelines(elapsed);
  const cors = createCors(options.corsOrigins);
  const lifetimes: Lifetimes = { ...usualLifetimes, ...options.lifetimes };
  const policy: Policy = { ...strictPolicy, ...options.policy };
  const nameOf = (path: string): Endpoint => at(path)?.name ?? 'other';
  const visit = (passage: Passage) => visiting(household, passage, { clock, lifetimes, policy });

  return {
    issuer,
    endpoints,
    clients,
    users,
    get published() {
      return keyring.published;
    },
    get foreign() {
      return keyring.foreign;
    },
    endpointOf: nameOf,
    async handle(request) {
      await timelines.catchUp();
      const definition = at(request.path);
      const allowance = definition?.crossOrigin && cors.preflight(request);
      if (allowance) return { ...allowance, faults: [] };
      const passage = board.enter(definition?.name ?? 'other');
      let answer = await answerTo(request, definition, visit(passage));
      if (definition?.crossOrigin) answer = cors.readable(answer, request);
      if (isError(answer)) answer = passage.through('error-answer', answer);
      if (definition?.answers) answer = passage.through(definition.answers, answer);
      if (request.method === 'HEAD') answer = { ...answer, body: new Uint8Array() };
      return { ...answer, faults: [...passage.met] };
    },
    async mint(recipe, by = random) {
      await timelines.catchUp();
      return minted(recipe, clients.first().id, visit(board.enter('token')), by);
    },
    logIn(username) {
      const user = users.named(username);
      if (!user) throw new FailwellError('usage', `There is no user '${username}': log in one of the option 'users'`);
      const { now } = visit(board.enter('authorization'));
      return `${sessions.cookie}=${sessions.start(user, now(), acrs[0]).id}`;
    },
    rotateKeys: keyring.rotate,
    dropOldKeys: keyring.dropOld,
    revoke: tokens.revoke,
    place: board.place,
    play(events, by) {
      for (const event of events) if (event.do === 'place') board.check(event.placed);
      const placed = new Map<() => void, string>();
      const callOff = timelines.play(events, (event) => happen(event, { keyring, board, placed, random: by }));
      return () => {
        callOff();
        for (const clear of placed.keys()) clear();
      };
    },
  };
}

async function furnish(options: IdpOptions): Promise<Omit<Household, 'endpoints'>> {
  const { issuer, audience, scope, random, attackerUrl } = options;
  const { signingAlgs = ['RS256', 'ES256'] } = options;
  const algs = [...signingAlgs, ...options.clients.flatMap(algorithmsFor)] as [string, ...string[]];
  const keyring = await createKeyring(random, options.keySlot ?? 0, algs);
  const tokens = createTokens(issuer, keyring);
  return {
    issuer,
    attackerUrl,
    audience,
    random,
    scopes: scope.split(' ').filter(Boolean),
    challengeMethods: options.plainPkce ? ['S256', 'plain'] : ['S256'],
    acrs: options.acrValues ?? ['1'],
    autoLogin: options.autoLogin ?? false,
    accessTokenFormat: options.accessTokenFormat ?? 'jwt',
    clients: createClients(options.clients),
    assertions: createAssertions(options.assertions),
    users: createUsers(options.users ?? defaultUsers),
    keyring,
    tokens,
    sessions: createSessions(issuer, random),
    interactions: createInteractions(issuer, random),
    codes: createCodes(random),
    families: createFamilies(random, tokens.revoke),
  };
}

/** What an endpoint works with, as the faults leave it. */
function visiting(
  household: Household,
  passage: Passage,
  usual: { readonly clock: { now(): number }; readonly lifetimes: Lifetimes; readonly policy: Policy },
): Visit {
  const { through, about, met } = passage;
  let time: number | undefined;
  let keys: readonly SigningKey[] | undefined;
  const members = new Map<string, unknown>();
  /** One member, the same throughout the visit. A fault on another one makes no difference to it. */
  const member = <S extends 'lifetimes' | 'policy', K extends keyof Seams[S]>(seam: S, all: Seams[S], name: K) => {
    const known = `${seam}/${String(name)}`;
    if (!members.has(known)) members.set(known, through(seam, all, (one, other) => one[name] === other[name])[name]);
    return members.get(known) as Seams[S][K];
  };
  return {
    ...household,
    through,
    about,
    met,
    // Asked for only where it matters, so that a fault is met where it made a difference.
    now: () => (time ??= through('clock', usual.clock.now())),
    lifetime: (of) => member('lifetimes', usual.lifetimes, of),
    insistsOn: (what) => member('policy', usual.policy, what),
    signingKeys: () => (keys ??= through('keyring', household.keyring.published)),
    session: (request) => through('session', household.sessions.of(request)),
    decide: (granted) => through('decision', granted),
    metadata: () => metadataOf(household),
  };
}

const metadataOf = (household: Household): JsonObject =>
  Object.assign({}, ...definitions.map(({ metadata }) => metadata?.(household)));

async function answerTo(
  request: HttpRequest,
  definition: EndpointDefinition | undefined,
  visit: Visit,
): Promise<HttpAnswer> {
  if (!definition) return json(404, { error: 'not_found' });
  try {
    return await definition.handle(request, visit);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

const isError = ({ status, headers }: HttpAnswer) =>
  status >= 400 && headers.some(([name, value]) => name === 'content-type' && value.includes('json'));
