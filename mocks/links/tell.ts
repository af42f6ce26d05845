import type { Exchange, ExchangeEnd } from '../../harness/model/exchange.ts';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { Link } from '../../harness/model/parties.ts';
import type { Placement } from './board.ts';
import { type Cut, nextExchangeId, type SeenExchange, type WireErrors } from './exchange.ts';
import { type Marks, timingsOf } from './timing.ts';

/** An exchange that has ended and nobody knows of yet. */
interface Untold {
  readonly startedAt: number;
  /** The request as it came, if one came. */
  readonly asked?: HttpRequest & Cut;
  /** The request as it went on. */
  readonly request?: HttpRequest & Cut;
  readonly response?: (HttpAnswer & Cut) | undefined;
  readonly end: ExchangeEnd;
  readonly errors?: WireErrors | undefined;
  readonly acted: readonly Placement[];
  /** Faults that acted in the far end. */
  readonly also?: readonly string[] | undefined;
  readonly marks?: Marks;
  readonly stream?: Exchange['stream'] | undefined;
}

/** Tells the observer and returns the exchange's id. */
export type Tell = (untold: Untold) => string;

export function createTell(link: {
  readonly name: Link;
  now(): number;
  observe(seen: SeenExchange): void;
  correlationOf?(request: HttpRequest): string | undefined;
}): Tell {
  return ({ startedAt, asked, request = asked, response, end, errors, acted, also = [], marks, stream }) => {
    const correlation = asked && link.correlationOf?.(asked);
    const id = nextExchangeId();
    const endedAt = link.now();
    link.observe({
      id,
      link: link.name,
      startedAt,
      endedAt,
      ...(request && { request }),
      ...(response && { response }),
      end,
      ...(errors && { errors }),
      faults: [...acted.map(({ fault }) => fault.id), ...also],
      ...(correlation !== undefined && { correlation }),
      ...(marks && { timings: timingsOf(marks, startedAt, endedAt) }),
      ...(stream && { stream }),
    });
    return id;
  };
}
