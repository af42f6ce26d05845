/**
 * A link by itself, between any two things: passes everything on, breaks one thing at a time, and remembers.
 *
 * ```ts
 * import { startProxy } from 'failwell/proxy';
 *
 * await using proxy = await startProxy({ to: 'https://idp.example' });
 * await proxy.place('http/status-503', { at: 'jwks', schedule: { when: 'first', count: 2 } });
 * ```
 */
import { randomInt } from 'node:crypto';
import { type OpenProxy, openProxy, type ProxyOptions } from '../mocks/alone/proxy/proxy.ts';
import type { ProxyPlaceOptions } from '../mocks/alone/proxy/wires.ts';
import type { Clear, Stood } from '../mocks/alone/standing.ts';
import { faultNamed } from './admin/fault-named.ts';
import { type ProxyHistoryPage, type ProxyHistoryQuery, proxyPage } from './admin/proxy-history.ts';
import type { AdminOptions } from './admin/server.ts';
import type { AnyFault, FaultId } from './model/fault.ts';
import { openTraffic } from './proxy/traffic.ts';
import { seeded } from './random.ts';

export type { Rewriting } from '../mocks/alone/proxy/rewrite.ts';
export type { ProxyPlaceOptions } from '../mocks/alone/proxy/wires.ts';
export type { Clear } from '../mocks/alone/standing.ts';
export type { PastToken } from './admin/history.ts';
export type { PassedExchange, ProxyHistoryPage, ProxyHistoryQuery } from './admin/proxy-history.ts';
export type { AdminOptions } from './admin/server.ts';

/** Where the proxy is and where it leads; everything has a default. */
export interface ProxyStart extends Omit<ProxyOptions, 'random' | 'observe'> {
  /** Repeats all that is random. */
  readonly seed?: number;
  /** What is broken from the beginning. */
  readonly faults?: readonly ({ readonly fault: FaultId | AnyFault } & ProxyPlaceOptions)[];
  /** A file that all that passed is written to as HAR 1.2 when the proxy stops. */
  readonly har?: string;
  /** Writes tokens, secrets and cookies into that file as they were sent. */
  readonly unsafeKeepSecrets?: boolean;
  /** Serves the admin API, too; not when absent. */
  readonly admin?: boolean | AdminOptions;
}

/** A fault that stands at a proxy. */
export type StandingProxyFault = Stood<ProxyPlaceOptions>;

/** A proxy that runs. Dispose of it to stop it. */
export interface RunningProxy extends AsyncDisposable {
  /** Where it listens, and with a path in `to`, the issuer there; without a trailing slash. */
  readonly url: string;
  /** What clients must trust, if its certificates are its own; `file` is PEM. */
  readonly ca?: { readonly pem: string; readonly file: string };
  /** Where the admin API is, if it is served. */
  readonly adminUrl?: string;
  /**
   * Breaks something, and resolves when it stands; call the result to clear it. Rejects with a `FailwellError` (`usage`)
   * for what cannot be placed.
   */
  place(fault: FaultId | AnyFault, options?: ProxyPlaceOptions): Promise<Clear>;
  /** The faults that stand, in the order of their placing. */
  faults(): readonly StandingProxyFault[];
  clearFaults(): Promise<void>;
  /** The latest exchanges, at most 1000, oldest first. */
  history(query?: ProxyHistoryQuery): ProxyHistoryPage;
  clearHistory(): void;
}

/**
 * Starts a proxy on a port of its own: in front of `to`, or without it a forward proxy for `HTTP_PROXY` and
 * `HTTPS_PROXY`. Rejects with a `FailwellError` (`usage`) for what cannot be.
 */
export async function startProxy(options: ProxyStart = {}): Promise<RunningProxy> {
  const { seed = randomInt(0x1_0000_0000), faults = [], har, unsafeKeepSecrets = false, admin = false } = options;
  await using opening = new AsyncDisposableStack();
  const traffic = har === undefined ? undefined : await openTraffic(har, unsafeKeepSecrets);
  // Last of all: what is under way is told of when the links close.
  if (traffic) opening.defer(() => traffic.write());
  const proxy = opening.use(
    await openProxy({
      ...options,
      random: (path) => seeded(seed, `proxy/${path}`),
      ...(traffic && { observe: traffic.add }),
    }),
  );
  const place = async (fault: FaultId | AnyFault, how?: ProxyPlaceOptions) =>
    proxy.place(typeof fault === 'string' ? await faultNamed(fault) : fault, how);
  for (const { fault, ...how } of faults) await place(fault, how);
  const control = admin && opening.use(await startAdmin(proxy, admin));
  const cleanup = opening.move();
  return {
    url: proxy.url,
    ...(proxy.ca && { ca: proxy.ca }),
    ...(control && { adminUrl: control.url }),
    place,
    faults: proxy.faults,
    clearFaults: proxy.clearFaults,
    history: (query) => proxyPage(proxy, query),
    clearHistory: proxy.history.clear,
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  };
}

/** Loaded on demand: what validates takes a while, and most tests do without. */
async function startAdmin(proxy: OpenProxy, options: true | AdminOptions) {
  const [{ openAdmin }, { proxyApi }] = await Promise.all([
    import('./admin/server.ts'),
    import('./admin/proxy-api.ts'),
  ]);
  return openAdmin(proxyApi(proxy), options === true ? {} : options);
}
