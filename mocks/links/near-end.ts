import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { HttpAnswer, HttpRequest, PlannedAnswer } from '../../harness/model/http.ts';
import type { Board, Placement } from './board.ts';
import { type Carried, carry } from './carry.ts';
import { bodyOf, type Connection } from './connection.ts';
import { closedOnPurpose, deliver, resetOnPurpose } from './delivery.ts';
import { failureOf } from './failure.ts';
import type { FarEnd } from './far-end.ts';
import { handshakes } from './handshake.ts';
import { fromRaw } from './headers.ts';
import { type LinkTls, type Listener, openListener } from './listener.ts';
import { relay } from './relay.ts';
import type { Tell } from './tell.ts';
import type { Marks } from './timing.ts';

/** A request that a fault or a mock needs whole gets 413 (RFC 9110 §15.5.14) when its body is longer. Bytes. */
const longest = 1024 * 1024;

/** The near end of a link as another process sees it. `far` is asked for at each exchange: it may change. */
export function openNearEnd(options: {
  readonly host: string;
  readonly port: number;
  readonly tls: LinkTls | undefined;
  readonly board: Board;
  far(): FarEnd;
  readonly tell: Tell;
  now(): number;
}): Promise<Listener> {
  const { host, port, tls, board, far, tell, now } = options;

  /** Faults on a connection, before a byte of TLS or HTTP. */
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
        tell({ startedAt, end: 'truncated', error: closedOnPurpose, acted });
        raw.destroy();
      });
    } else if (plan.how === 'reset' && plan.atOnce) {
      tell({ startedAt, end: 'reset', error: resetOnPurpose, acted });
      raw.resetAndDestroy();
    } else {
      // Not before the peer's first byte: some would take a reset that early for a refusal.
      raw.once('data', () => raw.resetAndDestroy()).once('end', () => raw.resetAndDestroy());
      release.addEventListener('abort', () => {
        tell({ startedAt, end: 'reset', error: resetOnPurpose, acted });
        raw.resetAndDestroy();
      });
    }
    return false;
  }

  /**
   * Whether a peer that distrusts the certificate says so with an alert, closes in the handshake or closes just after
   * it (as Node does, at times) is chance, so on TLS all three are `tls-failed`.
   */
  function lost({ startedAt, http, problem, acted }: Connection): void {
    const { end, error } = problem
      ? failureOf(problem, 'near', false)
      : {
          end: 'closed' as const,
          error: { side: 'near' as const, code: 'CLOSED', message: hungUp(http !== undefined) },
        };
    const garbage = error.code.startsWith('HPE_');
    tell({ startedAt, end: tls === undefined || garbage ? end : 'tls-failed', error, acted });
  }

  function hungUp(shaken: boolean): string {
    if (tls === undefined) return 'the peer closed before a request';
    return shaken
      ? 'the peer closed after the TLS handshake, before a request'
      : 'the peer closed in the TLS handshake';
  }

  async function exchange(message: IncomingMessage, response: ServerResponse, connection: Connection): Promise<void> {
    const startedAt = now();
    const marks: Marks = {};
    const acted: Placement[] = [...connection.acted];
    const { raw, gone } = connection;
    const { method = '', url: path = '', rawHeaders } = message;
    const clientCertificate = tls?.requestClientCertificates && certificateOf(message.socket);
    const head = { method, path, headers: fromRaw(rawHeaders), ...(clientCertificate && { clientCertificate }) };
    const reset = () => void raw.resetAndDestroy();
    const end = far();
    const passes = end.relay && !board.holds('link/connection', path) && !board.holds('link/request', path);

    async function wholly(): Promise<Carried & { readonly asked: HttpRequest; readonly delivered?: undefined }> {
      const { body, tooLong } = await bodyOf(message, longest);
      const asked: HttpRequest = { ...head, body };
      if (tooLong) return { asked, request: asked, planned: contentTooLarge };
      return { asked, ...(await carry(asked, { board, far: end, signal: gone, acted, marks })) };
    }
    const came =
      passes && end.relay
        ? await relay({ head, message, response, relay: end.relay, board, acted, marks, signal: gone, reset, now })
        : await wholly();
    const { request, failure } = came;
    const asked = 'asked' in came ? came.asked : request;
    const also = 'also' in came ? came.also : undefined;
    const delivered =
      came.delivered ??
      (await deliver(came.planned, {
        method,
        response,
        socket: message.socket,
        gone,
        released: () => AbortSignal.any(acted.map(({ cleared }) => cleared)),
        begun: () => (marks.answering = now()),
        reset,
      }));
    const { end: how, error } = failure && delivered.end !== 'closed' ? failure : delivered;
    tell({ startedAt, asked, request, response: delivered.response, end: how, error, acted, also, marks });
  }

  return openListener({
    host,
    port,
    tls,
    now,
    accept,
    handshake: tls && handshakes({ tls, board, tell }),
    lost,
    request(message, response, connection) {
      connection.open += 1;
      exchange(message, response, connection)
        .catch((problem) => {
          const error = { side: 'near', code: 'LINK_FAILED', message: String(problem) } as const;
          tell({ startedAt: now(), end: 'reset', error, acted: [] });
          connection.raw.resetAndDestroy();
        })
        .finally(() => {
          connection.open -= 1;
        });
    },
  });
}

/** DER. */
const certificateOf = (socket: Socket): Uint8Array | undefined => (socket as TLSSocket).getPeerX509Certificate?.()?.raw;

const tooLarge: HttpAnswer = {
  status: 413,
  headers: [['Content-Type', 'text/plain']],
  body: Buffer.from(`the link takes at most ${longest} bytes\n`),
};
const contentTooLarge: PlannedAnswer = { ...tooLarge, at: 0 };
