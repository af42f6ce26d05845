import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { HttpAnswer, HttpRequest, PlannedAnswer } from '../../harness/model/http.ts';
import type { Board, Placement } from './board.ts';
import { type Carried, carry } from './carry.ts';
import { bodyOf, type Connection } from './connection.ts';
import { type Delivered, deliver } from './delivery.ts';
import { doorkeeper } from './doorkeeper.ts';
import { followedBy, seenAt } from './exchange.ts';
import { failureOf } from './failure.ts';
import type { FarEnd } from './far-end.ts';
import { fromRaw } from './headers.ts';
import { type LinkTls, type Listener, openListener } from './listener.ts';
import { relay } from './relay.ts';
import { resetSocket } from './reset.ts';
import type { Tell } from './tell.ts';
import type { Marks } from './timing.ts';
import { protocolOf, responseOn } from './upgrade.ts';

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

  async function exchange(
    message: IncomingMessage,
    response: ServerResponse,
    connection: Connection,
    upgrade?: string,
  ): Promise<void> {
    const startedAt = now();
    const marks: Marks = {};
    const acted: Placement[] = [...connection.acted];
    const { raw, gone } = connection;
    const { method = '', url: path = '', rawHeaders } = message;
    const clientCertificate = tls?.requestClientCertificates && certificateOf(message.socket);
    const head = { method, path, headers: fromRaw(rawHeaders), ...(clientCertificate && { clientCertificate }) };
    const reset = () => resetSocket(raw);
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
        ? await relay({
            head,
            upgrade,
            message,
            response,
            relay: end.relay,
            board,
            acted,
            marks,
            signal: gone,
            reset,
            now,
          })
        : await wholly();
    const { request } = came;
    const asked = 'asked' in came ? came.asked : request;
    const also = 'also' in came ? came.also : undefined;
    const stream = 'stream' in came ? came.stream : undefined;
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
    const { end: how, errors } = outcome(came, delivered, connection);
    tell({ startedAt, asked, request, response: delivered.response, end: how, errors, acted, also, marks, stream });
  }

  function begin(message: IncomingMessage, response: ServerResponse, connection: Connection, upgrade?: string): void {
    connection.open += 1;
    exchange(message, response, connection, upgrade)
      .catch((problem) => {
        const errors = seenAt('near', 'LINK_FAILED', String(problem));
        tell({ startedAt: now(), end: 'reset', errors, acted: [] });
        resetSocket(connection.raw);
      })
      .finally(() => {
        connection.open -= 1;
      });
  }

  return openListener({
    ...{ host, port, tls, now },
    ...doorkeeper({ tls, board, tell, what: 'a request', alpn: true }),
    serve: {
      request: begin,
      upgrade(message, connection) {
        const { url: path = '' } = message;
        const protocol = protocolOf(message);
        const faults = (['link/connection', 'link/request', 'link/answer'] as const).some((seam) =>
          board.holds(seam, path),
        );
        if (protocol === undefined || !far().relay || faults) return false;
        begin(message, responseOn(message.socket, message), connection, protocol);
        return true;
      },
    },
  });
}

/** How an exchange ended, from how it went at the far end, and then at the near one. */
function outcome(
  { failure, overcome }: Pick<Carried, 'failure' | 'overcome'>,
  delivered: Delivered,
  { problem }: Connection,
): Pick<Delivered, 'end' | 'errors'> {
  const { end, errors } = delivered;
  if (failure && end !== 'closed') return { end: failure.end, errors: followedBy(failure.errors, errors) };
  if (overcome) return { end, errors: followedBy(overcome, errors) };
  if (end !== 'closed' || errors?.first !== 'near') return delivered;
  // The party left: with an errno, if its connection broke.
  const left = problem ? failureOf(problem, 'near', true).errors : errors;
  return { end, errors: followedBy(left, { ...failure?.errors, ...errors }) };
}

/** DER. */
const certificateOf = (socket: Socket): Uint8Array | undefined => (socket as TLSSocket).getPeerX509Certificate?.()?.raw;

const tooLarge: HttpAnswer = {
  status: 413,
  headers: [['Content-Type', 'text/plain']],
  body: Buffer.from(`the link takes at most ${longest} bytes\n`),
};
const contentTooLarge: PlannedAnswer = { ...tooLarge, at: 0 };
