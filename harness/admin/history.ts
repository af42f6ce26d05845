import type { Remembered } from '../../mocks/alone/history.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Entry } from '../model/history.ts';
import type { Endpoint } from '../model/parties.ts';
import { recordedExchange } from '../record/exchange.ts';
import { startHistory } from '../record/recorder.ts';
import { createSecrets, type Secrets } from '../record/secrets.ts';
import { learnFromWire } from '../record/wire.ts';

/** Which exchanges to show. */
export interface PageQuery {
  readonly endpoint?: Endpoint;
  /** Only those after this `seq`. */
  readonly after?: number;
  /** At most so many, from 1 to 1000; default 100. */
  readonly limit?: number;
}

/** One request and its answer, without the secrets in them. */
export interface ShownExchange extends Omit<Exchange, 'id' | 'correlation' | 'startedAt' | 'endedAt'> {
  readonly seq: number;
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
export interface Page<Past> {
  readonly exchanges: readonly Past[];
  readonly tokens: readonly PastToken[];
  /** What to give as `after` for more; absent when there is no more yet. */
  readonly next?: number;
}

/** What a server knows of its history. */
interface Source<Where> {
  /** Makes its own secrets known. */
  learn?(secrets: Secrets): void;
  endpointOf(place: string, path: string): Endpoint;
  /** How a place is shown. */
  where(place: string): Where;
}

/** Redacts when asked, since most is forgotten unread. A secret that any exchange showed is hidden in all of them. */
export function pageOf<Where>(
  remembered: readonly Remembered[],
  source: Source<Where>,
  { place, endpoint, after = 0, limit = 100 }: PageQuery & { readonly place?: string | undefined },
): Page<Where & ShownExchange> {
  const secrets = createSecrets();
  source.learn?.(secrets);
  const recording = startHistory({ secrets, now: () => 0 });
  const all = remembered.map((one) => ({ ...one, exchange: recordedExchange(one.seen, recording) }));
  for (const { exchange } of all) learnFromWire(secrets, exchange);
  const endpointOf = ({ seen, place: at }: Remembered): Endpoint =>
    seen.request ? source.endpointOf(at, seen.request.path) : 'other';
  const fitting = all.filter(
    (one) =>
      one.seq > after &&
      (place === undefined || one.place === place) &&
      (endpoint === undefined || endpointOf(one) === endpoint),
  );
  const page = fitting.slice(0, limit);
  const exchanges = page.map((one) => {
    const entry = recording.record({ kind: 'exchange', link: one.seen.link, exchange: one.exchange });
    const { id, correlation, startedAt, endedAt, ...shown } = (entry as Extract<Entry, { kind: 'exchange' }>).exchange;
    const first = { seq: one.seq, ...source.where(one.place), endpoint: endpointOf(one) };
    return { ...first, time: new Date(one.at).toISOString(), took: endedAt - startedAt, ...shown };
  });
  const tokens = recording.entries.flatMap((entry): PastToken[] => {
    if (entry.kind !== 'token') return [];
    const { seq, at, kind, ...token } = entry;
    return [token];
  });
  const last = page.at(-1);
  return { exchanges, tokens, ...(last && fitting.length > page.length && { next: last.seq }) };
}
