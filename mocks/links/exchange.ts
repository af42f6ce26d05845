import type { Errors, Exchange, ExchangeEnd, Side, Timings } from '../../harness/model/exchange.ts';
import type { FaultId } from '../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { Link } from '../../harness/model/parties.ts';

/** What went wrong below HTTP at each end of a link. */
export interface WireErrors extends Errors {
  /** The end at which it began. */
  readonly first: Side;
}

/** What was seen at one end alone. */
export function seenAt(first: Side, code: string, message: string, alert?: string): WireErrors {
  return { first, [first]: { code, message, ...(alert !== undefined && { alert }) } };
}

/** With what it came to at the other end. */
export function followedBy(first: WireErrors, then: Errors | undefined): WireErrors {
  return { ...then, ...first };
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
  readonly errors?: WireErrors;
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
