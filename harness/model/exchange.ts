import type { Headers } from './http.ts';

/** A message body as recorded: text, redacted and bounded. */
export interface RecordedBody {
  readonly text: string;
  /** Length on the wire, in bytes. */
  readonly bytes: number;
  /** Present when `text` holds only the beginning. */
  readonly cut?: true;
}

/**
 * Where the time of an exchange went, in milliseconds; all of it adds up to the time between begin and end. The far
 * side of the link is meant, where the link (or the harness itself) is the client; what is absent did not happen.
 */
export interface Timings {
  /** Until the request went to a connection: faults on it, a body that they need whole. */
  readonly blocked: number;
  readonly dns?: number;
  /** TCP alone. */
  readonly connect?: number;
  /** The TLS handshake. */
  readonly tls?: number;
  readonly send: number;
  /** Until the near end got the first byte of the answer. */
  readonly wait: number;
  readonly receive: number;
}

/** An end of a link: towards the party that connects, or towards the one that it connects to. */
export type Side = 'near' | 'far';

/** What went wrong below HTTP at one end of a link: what the party there did, or what the link did to it. */
export interface EndError {
  /** An errno, a TLS or a parser code: `ECONNRESET`, `ERR_SSL_TLSV1_ALERT_UNKNOWN_CA`, `HPE_INVALID_METHOD`. */
  readonly code: string;
  readonly message: string;
  /** The TLS alert behind it, by its name in RFC 8446 §6: `unknown_ca`. */
  readonly alert?: string;
}

/** What each end saw; an end at which nothing went wrong is absent. */
export type Errors = { readonly [S in Side]?: EndError };

/** How a connection or an exchange ended, as the link saw it. */
export type ExchangeEnd =
  | 'complete'
  /** A name was asked for: there was no address, or (`resolved`) there was, and not the right one or not at once. */
  | 'unresolved'
  | 'resolved'
  /** Nobody listened. */
  | 'refused'
  /** TCP reset by either side. */
  | 'reset'
  /** The body ended before its declared length. */
  | 'truncated'
  /** Left unanswered on purpose until the peer or the harness gave up. */
  | 'hung'
  /** The TLS handshake failed; `errors` carry the alert, where one was sent. */
  | 'tls-failed'
  /** Closed by the peer before an answer was complete. */
  | 'closed'
  /** The harness's own deadline ran out first. */
  | 'timed-out';

/** One recorded connection or request/response on a link, including those that never became HTTP. */
export interface Exchange {
  /** Unique within its run. */
  readonly id: string;
  /** The correlation of the step that caused it, where the wire showed it (unique path segment or `traceparent`). */
  readonly correlation?: string;
  /** Milliseconds since the history began. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly request?: {
    readonly method: string;
    readonly path: string;
    readonly headers: Headers;
    readonly body: RecordedBody;
  };
  readonly response?: { readonly status: number; readonly headers: Headers; readonly body: RecordedBody };
  readonly end: ExchangeEnd;
  /** What went wrong below HTTP first; `side` is the end of the link on which it was seen. */
  readonly error?: { readonly side: Side; readonly code: string; readonly message: string };
  /** What went wrong at each end: with what `error` says, what that came to at the other one. */
  readonly errors?: Errors;
  readonly timings?: Timings;
  /** Bytes that passed without HTTP, from each end: on a TCP link, or after a change of protocol. */
  readonly stream?: { readonly near: number; readonly far: number };
  /** The faults that changed this exchange. */
  readonly faults: readonly string[];
}
