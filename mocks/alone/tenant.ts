import { FailwellError } from '../../harness/model/error.ts';
import type { AnyFault, Binding, Fault, FaultId, PlacedFault, Random, Schedule } from '../../harness/model/fault.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import type { Endpoint, Link } from '../../harness/model/parties.ts';
import type { TokenRecipe } from '../../harness/model/step.ts';
import { type AdjustableClock, createClock } from '../clock/clock.ts';
import { createIdp, type Idp, type IdpOptions } from '../idp/idp.ts';
import { defaultUsers } from '../idp/sessions/users.ts';
import { defaultAudience, defaultClients, defaultScope } from './defaults.ts';
import { fakeUsers } from './fake-users.ts';
import { createPlacing, type Placing } from './placing.ts';
import type { Clear, Stood } from './standing.ts';
import { resolved, type TimelineStep } from './timeline.ts';

/** What can be said of a tenant; everything has a default. */
export interface TenantOptions
  extends Partial<
    Omit<IdpOptions, 'issuer' | 'clientCertificates' | 'clock' | 'elapsed' | 'random' | 'attackerUrl' | 'keySlot'>
  > {
  /** How many made-up people can log in, besides `users`. They depend on the seed alone. */
  readonly fakeUsers?: number;
}

/** How to make a token: a valid one, and what is to be different about it. */
export interface MintRecipe {
  /** An access token or an ID token; default `access`. */
  readonly kind?: 'access' | 'id';
  /** Of an access token; default `jwt`. An opaque one has no flaws. */
  readonly format?: 'jwt' | 'opaque';
  /** Id of the client that it is for; the tenant's first one when absent. */
  readonly client?: string;
  /** User name of its subject; when absent, the client itself, or the first user for an ID token. */
  readonly user?: string;
  /** Space-delimited; the tenant's whole scope when absent. */
  readonly scope?: string;
  /** Further claims, or others in place of the usual ones. */
  readonly claims?: JsonObject;
  /** Faults of tokens, by id or themselves, in this order: `token/audience-other`. */
  readonly flaws?: readonly (FaultId | Fault<'access-token'> | Fault<'id-token'>)[];
}

/** One issuer of a server. */
export interface Tenant {
  /** `default` is the one without a path. */
  readonly name: string;
  readonly issuer: string;
  readonly endpoints: Idp['endpoints'];
  /** Which endpoint a path (with or without a query) belongs to. */
  endpointOf(path: string): Endpoint;
  /** What its access tokens are for when nobody names another API, and what they are good for. */
  readonly audience: string;
  readonly scope: string;
  readonly clients: Idp['clients'];
  readonly users: Idp['users'];
  readonly clock: AdjustableClock;
  /** Public JWKs that it publishes, the usual signing key first. */
  keys(): readonly JsonObject[];
  /**
   * Signs with a new key from now on, of this JWS algorithm or the usual one. The old one stays published, unless it is
   * withdrawn. Rejects with a `FailwellError` (`usage`) for an algorithm that nothing here can sign with.
   */
  rotateKeys(options?: { readonly withdraw?: boolean; readonly alg?: string }): Promise<void>;
  /** Publishes a further key, which does not sign while another one of its algorithm does. Resolves to its public JWK. */
  addKey(alg: string): Promise<JsonObject>;
  /** Publishes this key no longer. Throws a `FailwellError` (`usage`) for the last one. */
  withdrawKey(kid: string): void;
  /** Keys that no longer sign are no longer published. */
  dropOldKeys(): void;
  /** A token without a request. Rejects with a `FailwellError` (`usage`) for a client, user or fault that is not there. */
  mint(recipe?: MintRecipe): Promise<string>;
  /** As if the owner had it revoked (RFC 7009). */
  revoke(token: string): void;
  /**
   * Logs a user in without a page, the first one when none is named. Returns what the browser sends from now on as its
   * `Cookie` field. Throws a `FailwellError` (`usage`) for a user that is not there.
   */
  logIn(username?: string): string;
  /** Ends every session of a user, and tells clients by the back channel; see `Idp.logOut`. */
  readonly logOut: Idp['logOut'];
  /** What waits for users on other devices (RFC 8628, CIBA Core), the oldest first. */
  readonly pending: Idp['pending'];
  /** A user says yes to what waits under a `user_code`, `device_code` or `auth_req_id`; see `Idp.approve`. */
  readonly approve: Idp['approve'];
  /** As `approve`, but the user says no. */
  readonly deny: Idp['deny'];
  /**
   * Breaks something, and resolves when it stands; call the result to clear it. Only this tenant is concerned, but for
   * `tcp/refused`, which closes the port. Rejects with a `FailwellError` (`usage`) for what cannot be placed.
   */
  place(fault: FaultId | AnyFault, options?: PlaceOptions): Promise<Clear>;
  /** The faults that stand, in the order of their placing. */
  faults(): readonly StandingFault[];
  /** Clears them all, and calls off what `play` has begun. */
  clearFaults(): Promise<void>;
  /**
   * Lets these things happen, each at its time from now on. The result calls off what is to come, and clears. Rejects
   * with a `FailwellError` (`usage`) for a fault that is not there or sits on the wire.
   */
  play(steps: readonly TimelineStep[]): Promise<() => void>;
}

/** When a fault acts, and on what. */
export interface PlaceOptions {
  /** Default: always. */
  readonly schedule?: Schedule;
  /** Only at this endpoint. */
  readonly at?: Endpoint;
  /** Only for this client, token or request. Not for faults on the wire. */
  readonly only?: Binding;
}

/** A fault that stands. */
export type StandingFault = Stood<PlaceOptions>;

/** What a tenant has from its server. */
export interface Premises {
  readonly name: string;
  readonly issuer: string;
  readonly attackerUrl: string;
  readonly keySlot: number;
  readonly seed: number;
  /** The same for the same path. */
  random(path: string): Random;
  /** Rejects with a `FailwellError` for an id that no fault has. */
  faultNamed(id: FaultId): Promise<AnyFault>;
  /** How it makes requests of its own. */
  readonly call: NonNullable<IdpOptions['call']>;
  /** Whether the wire asks for client certificates. */
  readonly clientCertificates: boolean;
  /** The wire before the tenant, and how to break it for this tenant. */
  readonly link: Link;
  placeOnLink(placed: PlacedFault, random: Random): Promise<() => Promise<void>>;
}

/** Rejects with a `FailwellError` (`config`) for what nothing here can sign. */
export async function openTenant(options: TenantOptions, premises: Premises): Promise<Tenant & { readonly idp: Idp }> {
  const { name, issuer, attackerUrl, keySlot, seed, faultNamed } = premises;
  const { fakeUsers: count = 0, users = defaultUsers, ...given } = options;
  const { audience = defaultAudience, scope = defaultScope, clients = defaultClients } = options;
  const clock = createClock();
  const idp = await createIdp({
    call: premises.call,
    clientCertificates: premises.clientCertificates,
    ...given,
    audience,
    scope,
    clients,
    users: [users[0], ...users.slice(1), ...(count > 0 ? await fakeUsers(count, seed) : [])],
    issuer,
    attackerUrl,
    keySlot,
    clock,
    random: premises.random(name),
  });
  const placing: Placing = createPlacing(idp, premises);
  const asFault = async (fault: FaultId | AnyFault) => (typeof fault === 'string' ? faultNamed(fault) : fault);
  return {
    idp,
    name,
    issuer,
    endpoints: idp.endpoints,
    endpointOf: idp.endpointOf,
    audience,
    scope,
    clients: idp.clients,
    users: idp.users,
    clock,
    keys: () => idp.published.map(({ publicJwk }) => publicJwk),
    async rotateKeys({ withdraw = false, alg } = {}) {
      if (!withdraw) checkRoom(idp);
      await idp.rotateKeys({ withdraw, ...(alg !== undefined && { alg }) });
    },
    async addKey(alg) {
      checkRoom(idp);
      return (await idp.addKey(alg)).publicJwk;
    },
    withdrawKey: idp.withdrawKey,
    dropOldKeys: idp.dropOldKeys,
    async mint({ kind = 'access', format = 'jwt', client, user, scope, claims, flaws = [] } = {}) {
      if (client !== undefined && !idp.clients.find(client)) throw missing('client', client, name);
      const sub = user === undefined ? undefined : idp.users.named(user)?.sub;
      if (user !== undefined && sub === undefined) throw missing('user', user, name);
      const known = await Promise.all(flaws.map(asFault));
      const wrong = known.find(({ seam }) => seam !== 'access-token' && seam !== 'id-token');
      if (wrong) throw new FailwellError('usage', `${wrong.id} changes ${wrong.seam} and no token: place it instead.`);
      const about = { ...(client && { client }), ...(sub && { sub }), ...(claims && { claims }) };
      const recipe = { ...about, flaws: known as TokenRecipe['flaws'] };
      return kind === 'id' ? idp.mintIdToken(recipe) : idp.mint({ ...recipe, format, ...(scope && { scope }) });
    },
    revoke: idp.revoke,
    logIn: (username = idp.users.first().username) => idp.logIn(username),
    logOut: idp.logOut,
    pending: idp.pending,
    approve: idp.approve,
    deny: idp.deny,
    place: async (fault, placed) => placing.place(await asFault(fault), placed),
    faults: placing.list,
    clearFaults: placing.clear,
    play: async (steps) => placing.play(await resolved(steps, asFault)),
  };
}

/** Making keys takes a while, and each one is in every JWK Set. */
function checkRoom({ issuer, published }: Idp): void {
  if (published.length < 100) return;
  throw new FailwellError('usage', `${issuer} publishes 100 keys: withdraw some of them first.`);
}

const missing = (what: string, which: string, tenant: string) =>
  new FailwellError('usage', `There is no ${what} '${which}' at tenant '${tenant}': add it first.`);
