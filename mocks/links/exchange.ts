import type { Exchange, ExchangeEnd, Timings } from '../../harness/model/exchange.ts';
import type { FaultId } from '../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { Link } from '../../harness/model/parties.ts';

/** What went wrong below HTTP. `side` is the end of the link on which it was seen. */
export interface WireError {
  readonly side: 'near' | 'far';
  /** An errno, a TLS or a parser code: `ECONNRESET`, `ERR_SSL_TLSV1_ALERT_UNKNOWN_CA`, `HPE_INVALID_METHOD`. */
  readonly code: string;
  readonly message: string;
}

/** Of a body that streamed through, `body` may hold only the beginning. */
export interface Cut {
  /** The length of the whole body. Absent when `body` is all of it. */
  readonly bytes?: number;
}

/** One exchange, or one connection that never became HTTP, as a link saw it. Told once, when it has ended. */
export interface SeenExchange {
  /** Unique within this process. */
  readonly id: string;
  readonly link: Link;
  /** Monotonic milliseconds, by the clock that the link was given. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** As it left the link towards the far end: after the faults. */
  readonly request?: HttpRequest & Cut;
  /** As it left the link towards the near end: after the faults, and only the bytes that were sent. */
  readonly response?: HttpAnswer & Cut;
  readonly end: ExchangeEnd;
  readonly error?: WireError;
  readonly faults: readonly FaultId[];
  readonly timings?: Timings;
  readonly stream?: NonNullable<Exchange['stream']>;
  readonly correlation?: string;
}

let count = 0;

/** An id that no other exchange of this process has. */
export function nextExchangeId(): string {
  count += 1;
  return `x${count}`;
}
