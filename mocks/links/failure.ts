import type { ExchangeEnd, Side } from '../../harness/model/exchange.ts';
import { alertIn } from './alert.ts';
import { seenAt, type WireErrors } from './exchange.ts';

/** How an exchange ended that did not end well. */
export interface Failure {
  readonly end: Exclude<ExchangeEnd, 'complete'>;
  readonly errors: WireErrors;
}

const tls =
  /^(ERR_SSL_|ERR_TLS_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|CRL_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|EPROTO)/;
const nobodyThere = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EADDRNOTAVAIL)$/;
const tooLate = /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/;
const short = /^(UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|HPE_INVALID_EOF_STATE)$/;

/** Sorts an error of node:net, node:tls or undici. `begun`: the head of the answer had come. */
export function failureOf(problem: unknown, side: Side, begun: boolean): Failure {
  const error = problem as NodeJS.ErrnoException;
  const cause = (error.cause ?? {}) as NodeJS.ErrnoException;
  const code = error.code ?? cause.code ?? error.name ?? 'UNKNOWN';
  const message = (error.message || cause.message || code).trim();
  return { end: endOf(code, message, begun), errors: seenAt(side, code, message, alertIn(message)) };
}

function endOf(code: string, message: string, begun: boolean): Failure['end'] {
  if (nobodyThere.test(code)) return 'refused';
  // Node reports a peer that hangs up within the handshake as a reset.
  if (tls.test(code) || message.includes('before secure TLS connection')) return 'tls-failed';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'reset';
  if (tooLate.test(code)) return 'timed-out';
  return begun && short.test(code) ? 'truncated' : 'closed';
}

/** Why a connection to the near end is gone when its party just closed it. */
export const nearLeft = new Error('the near end left');

/** What the link does to the far end when there is nobody left to pass anything on to. */
export const leftAlone = seenAt('far', 'CLOSED', 'the link closed the connection, as the near end was gone');

/** No answer, or not all of one, when it was no longer waited for. */
export function late(begun: boolean, { reason }: AbortSignal): Failure {
  if (reason === nearLeft) return { end: 'closed', errors: leftAlone };
  const message = begun ? 'the answer was not complete in time' : 'no answer in time';
  return { end: 'timed-out', errors: seenAt('far', 'ETIMEDOUT', message) };
}
