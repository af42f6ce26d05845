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

/** How the bytes of an answer go out. Anything but `whole` is a fault. */
export type Delivery =
  | { readonly how: 'whole' }
  /** Full `Content-Length`, only the first `bytes` of the body, then a clean close. */
  | { readonly how: 'truncated'; readonly bytes: number }
  /** The first `bytes` of the body (or, with `headers: false`, nothing at all), then a TCP reset. */
  | { readonly how: 'reset'; readonly bytes: number; readonly headers: boolean }
  /** Nothing is ever answered and the connection stays open. */
  | { readonly how: 'hang' }
  /** Headers at once, then the body at this pace. */
  | { readonly how: 'drip'; readonly bytesPerSecond: number };

/** What a link sends back: an answer and the way its bytes travel. The seam of every response fault. */
export interface PlannedAnswer extends HttpAnswer {
  readonly delivery: Delivery;
}

/** What a link does with a new connection, before a byte of HTTP. The seam of every connection fault. */
export type ConnectionPlan =
  | { readonly how: 'accept' }
  /** Nobody listens: the peer sees ECONNREFUSED. */
  | { readonly how: 'refuse' }
  /** Accepted, never answered. */
  | { readonly how: 'hang' }
  /** Accepted, then reset. */
  | { readonly how: 'reset' };
