import type { Board, Placement } from './board.ts';
import type { Connection } from './connection.ts';
import { closedOnPurpose, resetOnPurpose } from './delivery.ts';
import { seenAt } from './exchange.ts';
import { failureOf } from './failure.ts';
import { handshakes } from './handshake.ts';
import type { LinkTls, ListenerOptions } from './listener.ts';
import { resetSocket } from './reset.ts';
import type { Tell } from './tell.ts';

/**
 * Lets connections in or treats them as the faults on them say, and tells of those from which nothing came.
 * @param what it is that comes first
 */
export function doorkeeper(options: {
  readonly tls: LinkTls | undefined;
  readonly board: Board;
  readonly tell: Tell;
  readonly what: string;
  readonly alpn: boolean;
}): Pick<ListenerOptions, 'accept' | 'handshake' | 'lost'> {
  const { tls, board, tell, what, alpn } = options;

  /** Faults on a connection, before a byte of TLS or of what it carries. */
  function accept({ raw, startedAt, gone }: Connection): boolean {
    const acted: Placement[] = [];
    const plan = board.change('link/connection', { how: 'accept' }, acted);
    if (plan.how === 'accept') return true;
    const release = AbortSignal.any([gone, ...acted.map(({ cleared }) => cleared)]);
    if (plan.how === 'hang') {
      raw.on('end', () => raw.destroy()).resume();
      release.addEventListener('abort', () => {
        tell({ startedAt, end: 'hung', acted });
        raw.destroy();
      });
    } else if (plan.how === 'close' || plan.how === 'speak') {
      raw.resume().end(plan.how === 'speak' ? plan.text : '', 'latin1');
      raw.on('end', () => raw.destroy());
      release.addEventListener('abort', () => {
        tell({ startedAt, end: 'truncated', errors: closedOnPurpose, acted });
        raw.destroy();
      });
    } else if (plan.how === 'reset' && plan.atOnce) {
      tell({ startedAt, end: 'reset', errors: resetOnPurpose, acted });
      resetSocket(raw);
    } else {
      // Not before the peer's first byte: some would take a reset that early for a refusal.
      raw.once('data', () => resetSocket(raw)).once('end', () => resetSocket(raw));
      release.addEventListener('abort', () => {
        tell({ startedAt, end: 'reset', errors: resetOnPurpose, acted });
        resetSocket(raw);
      });
    }
    return false;
  }

  /**
   * Whether a peer that distrusts the certificate says so with an alert, closes in the handshake or closes just after
   * it (as Node does, at times) is chance, so on TLS all three are `tls-failed`.
   */
  function lost({ startedAt, inner, problem, acted }: Connection): void {
    const { end, errors } = problem
      ? failureOf(problem, 'near', false)
      : { end: 'closed' as const, errors: seenAt('near', 'CLOSED', hungUp(inner !== undefined)) };
    const garbage = errors.near?.code.startsWith('HPE_');
    tell({ startedAt, end: tls === undefined || garbage ? end : 'tls-failed', errors, acted });
  }

  function hungUp(shaken: boolean): string {
    if (tls === undefined) return `the peer closed before ${what}`;
    return shaken ? `the peer closed after the TLS handshake, before ${what}` : 'the peer closed in the TLS handshake';
  }

  return { accept, handshake: tls && handshakes({ tls, board, tell, alpn }), lost };
}
