/**
 * The mock IdP by itself, for tests: a correct authorization server and OpenID provider that can be broken in one way
 * at a time.
 *
 * ```ts
 * import { startIdp } from 'failwell/idp';
 *
 * await using idp = await startIdp();
 * await idp.place('token/expired-by-10m', { schedule: { when: 'first', count: 1 } });
 * ```
 */
import { randomInt } from 'node:crypto';
import { openServer, type Server, type ServerOptions } from '../mocks/alone/server.ts';
import type { PlaceOptions, Tenant, TenantOptions } from '../mocks/alone/tenant.ts';
import { defaultTenant } from '../mocks/alone/tenants.ts';
import { faultNamed } from './admin/fault-named.ts';
import { type HistoryPage, type HistoryQuery, idpPage } from './admin/idp-history.ts';
import type { AdminOptions } from './admin/server.ts';
import type { AnyFault, FaultId } from './model/fault.ts';
import { seeded } from './random.ts';

export type { Clear } from '../mocks/alone/standing.ts';
export type { MintRecipe, PlaceOptions, StandingFault, Tenant, TenantOptions } from '../mocks/alone/tenant.ts';
export type { TimelineStep } from '../mocks/alone/timeline.ts';
export type { CustomGrant, CustomGrantRequest, CustomToken } from '../mocks/idp/grants/custom.ts';
export type { PastToken } from './admin/history.ts';
export type { HistoryPage, HistoryQuery, PastExchange } from './admin/idp-history.ts';
export type { AdminOptions } from './admin/server.ts';

/** Where the IdP is and what it is like; everything has a default. What a tenant can be given, the default one is. */
export interface IdpStart extends TenantOptions, Partial<Omit<ServerOptions, 'random' | 'faultNamed'>> {
  /** Further issuers, each below the path of its name. */
  readonly tenants?: { readonly [name: string]: TenantOptions };
  /** What is broken from the beginning. */
  readonly faults?: readonly ({
    readonly fault: FaultId | AnyFault;
    /** Default: the default one. */
    readonly tenant?: string;
  } & PlaceOptions)[];
  /** Serves the admin API, too; not when absent. */
  readonly admin?: boolean | AdminOptions;
}

/** An IdP that runs. It is its default tenant, and has others. Dispose of it to stop it. */
export interface RunningIdp extends Tenant, AsyncDisposable {
  /** Where it listens, without a trailing slash. */
  readonly url: string;
  /** With `tls: true`, what clients must trust; `file` is PEM and lasts as long as the IdP. */
  readonly ca?: { readonly pem: string; readonly file: string };
  /** Where the admin API is, if it is served. */
  readonly adminUrl?: string;
  /** Throws a `FailwellError` (`usage`) for a tenant that is not there. */
  tenant(name: string): Tenant;
  tenants(): readonly Tenant[];
  createTenant(name: string, options?: TenantOptions): Promise<Tenant>;
  deleteTenant(name: string): Promise<void>;
  /** The latest requests, at most 1000, oldest first. */
  history(query?: HistoryQuery): HistoryPage;
  clearHistory(): void;
}

/**
 * Starts an IdP on a port of its own, with two clients (`web` with the secret `web-secret`, and the public `native`) and
 * the user `alice` with the password `wonderland`, unless told otherwise. Rejects with a `FailwellError`, `usage` or
 * `config`, for what cannot be.
 */
export async function startIdp(options: IdpStart = {}): Promise<RunningIdp> {
  const { host, port, issuer, tls, clientCertificates, hosts, ...about } = options;
  const { seed, tenants: others = {}, faults = [], admin = false, ...first } = about;
  await using opening = new AsyncDisposableStack();
  const dice = seed ?? randomInt(0x1_0000_0000);
  const random = (path: string) => seeded(dice, `idp/${path}`);
  const where = given({ host, port, issuer, tls, clientCertificates, hosts });
  const server = opening.use(await openServer({ ...where, seed: seed ?? 1, random, faultNamed }));
  const { tenants, history, url, ca } = server;
  const main = await tenants.create(defaultTenant, first);
  for (const [name, tenant] of Object.entries(others)) await tenants.create(name, tenant);
  const tenant = (name: string) => tenants.named(name);
  for (const { fault, tenant: at = defaultTenant, ...when } of faults) await tenant(at).place(fault, when);
  const control = admin && opening.use(await startAdmin(server, admin));
  const cleanup = opening.move();
  return {
    ...main,
    url,
    ...(ca && { ca }),
    ...(control && { adminUrl: control.url }),
    tenant,
    tenants: tenants.list,
    createTenant: tenants.create,
    deleteTenant: tenants.delete,
    history: (query) => idpPage(history.list(), tenants, query),
    clearHistory: history.clear,
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}

/** Without what is `undefined`. */
const given = <T extends object>(options: T) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [M in keyof T]?: NonNullable<T[M]>;
  };

/** Loaded on demand: what validates takes a while, and most tests do without. */
async function startAdmin(server: Server, options: true | AdminOptions) {
  const [{ openAdmin }, { idpApi }] = await Promise.all([import('./admin/server.ts'), import('./admin/idp-api.ts')]);
  return openAdmin(idpApi(server), options === true ? {} : options);
}
