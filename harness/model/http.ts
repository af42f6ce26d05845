/** Header fields in the order and case in which they were sent; a field that was sent twice stands here twice. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** A request as a mock or a link handles it: whole, with its body in memory (bounded by the link). */
export interface HttpRequest {
  readonly method: string;
  /** Path and query as sent: `/token?x=1`. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** The certificate that the sender proved to hold in the TLS handshake, in DER; absent when it sent none. */
  readonly clientCertificate?: Uint8Array;
}

/** A correct answer before any fault touches it. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** What is wrong with the way an answer's bytes travel. Whatever is absent is as it should be. */
export interface Delivery {
  /** Milliseconds before the first byte. */
  readonly delay?: number;
  /** Goes out before the head, as it stands (latin1): an interim answer (RFC 9110 §15.2), or noise. */
  readonly preamble?: string;
  /** In place of the status line (latin1), without its line end. */
  statusLine?(status: number): string;
  /** The fields go out as they are, unchecked (latin1), and no `Content-Length` is added or made right. */
  readonly unframed?: boolean;
  /** How much goes out, of which the head promises all: `nothing`, or the head and so many bytes of the body. */
  readonly upTo?: 'nothing' | number;
  /** At this pace. */
  readonly bytesPerSecond?: number;
  /** What the pace holds for. Default `body`: the head goes out at once. */
  readonly paced?: 'body' | 'message';
  /** What follows the last byte. Default: the connection lives on after a sound answer, and closes after any other. */
  readonly ending?: Ending;
}

/** How a link treats the connection after the last byte of an answer. */
export type Ending =
  /** A clean close, announced by nothing. */
  | 'close'
  /** Nothing more comes, and what the peer sends is still read. */
  | 'half-close'
  | 'reset'
  /** The connection stays open and nothing more comes. */
  | 'hang'
  /** It looks alive; what comes next on it is met with a reset. */
  | 'reset-on-reuse';

/** What a link sends back: an answer and the way its bytes travel. The seam of every response fault. */
export interface PlannedAnswer extends HttpAnswer {
  /** When it is planned, in milliseconds since 1970. */
  readonly at: number;
  /** Absent: undisturbed. */
  readonly delivery?: Delivery;
}

/** What a link does with a new connection, before a byte of HTTP. The seam of every connection fault. */
export type ConnectionPlan =
  | { readonly how: 'accept' }
  /** Nobody listens: the peer sees ECONNREFUSED. */
  | { readonly how: 'refuse' }
  /** Accepted, never answered. */
  | { readonly how: 'hang' }
  /** Accepted, then reset: at the peer's first byte, or `atOnce`. */
  | { readonly how: 'reset'; readonly atOnce?: boolean }
  /** Accepted, and closed at once without a byte. */
  | { readonly how: 'close' }
  /** Accepted by something that speaks first, and no HTTP: these bytes (latin1), then a clean close. */
  | { readonly how: 'speak'; readonly text: string };
