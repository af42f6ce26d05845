import type { Remembered } from '../../mocks/alone/history.ts';
import type { Tenants } from '../../mocks/alone/tenants.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Entry } from '../model/history.ts';
import type { Endpoint } from '../model/parties.ts';
import { recordedExchange } from '../record/exchange.ts';
import { startHistory } from '../record/recorder.ts';
import { createSecrets, type Secrets } from '../record/secrets.ts';
import { learnFromWire } from '../record/wire.ts';

/** Which exchanges to show. */
export interface HistoryQuery {
  readonly tenant?: string;
  readonly endpoint?: Endpoint;
  /** Only those after this `seq`. */
  readonly after?: number;
  /** At most so many, from 1 to 1000; default 100. */
  readonly limit?: number;
}

/** One request and its answer, without the secrets in them. */
export interface PastExchange extends Pick<Exchange, 'request' | 'response' | 'end' | 'error' | 'faults'> {
  readonly seq: number;
  readonly tenant: string;
  readonly endpoint: Endpoint;
  /** When it ended, by the machine's clock (RFC 3339). */
  readonly time: string;
  /** Milliseconds. */
  readonly took: number;
}

/** A token in these exchanges, by its marker's name; header and payload when it is a JWT. */
export type PastToken = Omit<Extract<Entry, { kind: 'token' }>, 'seq' | 'at' | 'kind'>;

/**
 * A part of the history. Secrets are replaced by labelled markers (`‹token:access_token#1›`), which are the same
 * throughout one page.
 */
export interface HistoryPage {
  readonly exchanges: readonly PastExchange[];
  readonly tokens: readonly PastToken[];
  /** What to give as `after` for more; absent when there is no more yet. */
  readonly next?: number;
}

/** Redacts when asked, since most is forgotten unread. A secret that any exchange showed is hidden in all of them. */
export function pageOf(
  remembered: readonly Remembered[],
  tenants: Tenants,
  { tenant, endpoint, after = 0, limit = 100 }: HistoryQuery = {},
): HistoryPage {
  const secrets = createSecrets();
  learnTenants(secrets, tenants);
  const recording = startHistory({ secrets, now: () => 0 });
  const all = remembered.map((one) => ({ ...one, exchange: recordedExchange(one.seen, recording) }));
  for (const { exchange } of all) learnFromWire(secrets, exchange);
  const endpointOf = ({ seen, tenant: name }: Remembered): Endpoint =>
    (seen.request && tenants.find(name)?.endpointOf(seen.request.path)) ?? 'other';
  const fitting = all.filter(
    (one) =>
      one.seq > after &&
      (tenant === undefined || one.tenant === tenant) &&
      (endpoint === undefined || endpointOf(one) === endpoint),
  );
  const page = fitting.slice(0, limit);
  const exchanges = page.map((one): PastExchange => {
    const entry = recording.record({ kind: 'exchange', link: one.seen.link, exchange: one.exchange });
    const { id, correlation, startedAt, endedAt, ...shown } = (entry as Extract<Entry, { kind: 'exchange' }>).exchange;
    const place = { seq: one.seq, tenant: one.tenant, endpoint: endpointOf(one) };
    return { ...place, time: new Date(one.at).toISOString(), took: endedAt - startedAt, ...shown };
  });
  const tokens = recording.entries.flatMap((entry): PastToken[] => {
    if (entry.kind !== 'token') return [];
    const { seq, at, kind, ...token } = entry;
    return [token];
  });
  const last = page.at(-1);
  return { exchanges, tokens, ...(last && fitting.length > page.length && { next: last.seq }) };
}

function learnTenants(secrets: Secrets, tenants: Tenants): void {
  for (const { clients, users } of tenants.list()) {
    for (const { secret } of clients.list()) if (secret !== undefined) secrets.learn('client_secret', secret);
    for (const { password } of users.list()) secrets.learn('password', password);
  }
}
