import { FailwellError } from '../../harness/model/error.ts';
import type { PlacedFault, Random, TimelineEvent } from '../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { Lifetimes, Policy } from '../../harness/model/issuing.ts';
import type { Endpoint } from '../../harness/model/parties.ts';
import type { TokenRecipe } from '../../harness/model/step.ts';
import type { SigningKey } from '../../harness/model/token.ts';
import { addressesOf } from './addresses.ts';
import type { EndpointDefinition, Endpoints, Household, Visit } from './endpoint.ts';
import { createFaultBoard, type Passage } from './faults.ts';
import { furnish } from './household.ts';
import { json, Refusal } from './http/answer.ts';
import { createCors } from './http/cors.ts';
import { usualLifetimes } from './lifetimes.ts';
import type { IdpOptions } from './options.ts';
import {
  approveWithoutPage,
  askedAt,
  denyWithoutPage,
  type OpenRequest,
  openRequests,
} from './other-device/without-page.ts';
import { strictPolicy } from './policy.ts';
import type { Clients } from './registration/clients.ts';
import { logOut } from './sessions/logout.ts';
import type { Users } from './sessions/users.ts';
import { createTimelines, happen } from './timeline.ts';
import { minted } from './tokens/access-token.ts';
import { type IdTokenRecipe, mintedIdToken } from './tokens/minted-id-token.ts';
import { visiting } from './visit.ts';

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
  /** An ID token by recipe, as `mint` makes access tokens. Throws a `FailwellError` (`usage`) for an unknown client. */
  mintIdToken(recipe: IdTokenRecipe, random?: Random): Promise<string>;
  /**
   * Logs a user in without a page. Returns what the browser sends from now on as its `Cookie` field. Throws a
   * `FailwellError` (`usage`) for a user that is not there.
   */
  logIn(username: string): string;
  /**
   * Ends every session of a user, as if somebody else had it ended: clients hear of it by the back channel alone. Rejects
   * with a `FailwellError` (`usage`) for a user that is not there.
   */
  logOut(username: string): Promise<void>;
  /** What waits for users on other devices (RFC 8628, CIBA Core), the oldest first. */
  pending(): readonly OpenRequest[];
  /**
   * A user says yes to what waits under this `user_code`, `device_code` or `auth_req_id`: the one whom the client asked
   * about, or this one, or the first. A client that wants to be pinged has been when it resolves. Rejects with a
   * `FailwellError` (`usage`) when nothing waits there, or not for this user.
   */
  approve(code: string, username?: string): Promise<void>;
  /** As `approve`, but the user says no. */
  deny(code: string): Promise<void>;
  /**
   * Signs with a new key from now on, of the usual algorithm when none is named; the old one stays published unless it
   * is withdrawn.
   */
  rotateKeys(options: { readonly withdraw: boolean; readonly alg?: string }): Promise<void>;
  /** Publishes a further key, which does not sign while another one of its algorithm does. */
  addKey(alg: string): Promise<SigningKey>;
  /** Publishes this key no longer. Throws a `FailwellError` (`usage`) for the last one. */
  withdrawKey(kid: string): void;
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
  const userNamed = (username: string) => {
    const user = users.named(username);
    if (!user) throw new FailwellError('usage', `There is no user '${username}': name one of the option 'users'.`);
    return user;
  };
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
      let answer = await answerTo(passage.through('request', request), definition, visit(passage));
      if (isError(answer)) answer = passage.through('error-answer', answer);
      if (definition?.answers) answer = passage.through(definition.answers, answer);
      if (definition?.crossOrigin) answer = cors.readable(answer, request);
      if (request.method === 'HEAD') answer = { ...answer, body: new Uint8Array() };
      return { ...answer, faults: [...passage.met] };
    },
    async mint(recipe, by = random) {
      await timelines.catchUp();
      return minted(recipe, clients.first().id, visit(board.without('token')), by);
    },
    async mintIdToken(recipe, by = random) {
      await timelines.catchUp();
      return mintedIdToken(recipe, visit(board.without('token')), by);
    },
    logIn(username) {
      const user = userNamed(username);
      const { now } = visit(board.without('authorization'));
      return `${sessions.cookie}=${sessions.start(user, now(), acrs[0]).id}`;
    },
    async logOut(username) {
      await timelines.catchUp();
      for (const session of sessions.ofUser(userNamed(username).sub))
        await logOut(session, visit(board.without('end-session')));
    },
    pending: () => openRequests(visit(board.without('other'))),
    async approve(code, username) {
      await timelines.catchUp();
      await approveWithoutPage(code, username, visit(board.without(askedAt(code, household))));
    },
    async deny(code) {
      await timelines.catchUp();
      await denyWithoutPage(code, visit(board.without(askedAt(code, household))));
    },
    rotateKeys: keyring.rotate,
    addKey: keyring.add,
    withdrawKey: keyring.withdraw,
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
