import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import type { Exchange } from '../../harness/model/exchange.ts';
import type { Headers, HttpRequest, PlannedAnswer } from '../../harness/model/http.ts';
import type { Board, Placement } from './board.ts';
import { captured, createCapture } from './capture.ts';
import { faulted, undone } from './carry.ts';
import { wholly } from './collect.ts';
import type { Delivered } from './delivery.ts';
import type { Cut, WireErrors } from './exchange.ts';
import type { Failure } from './failure.ts';
import type { Relay, Sink } from './far-end.ts';
import { pour } from './pour.ts';
import { streaming } from './streaming.ts';
import type { Marks } from './timing.ts';
import { switching } from './upgrade.ts';

/** What came of a request that was passed on: an answer that has been delivered, or one that is still to be. */
export type Passed = {
  readonly request: HttpRequest & Cut;
  readonly failure?: Failure | undefined;
  /** What went wrong at the far end, where something else answered in its place. */
  readonly overcome?: WireErrors | undefined;
  /** What passed after a change of protocol. */
  readonly stream?: Exchange['stream'];
} & (
  | { readonly delivered: Delivered; readonly planned?: undefined }
  | { readonly planned: PlannedAnswer; readonly delivered?: undefined }
);
type Came = Passed extends infer P ? (P extends Passed ? Omit<P, 'request'> : never) : never;

/**
 * Passes a request and its answer on as they come, each at the pace of whoever takes it. An answer on which a fault
 * stands when it begins is collected instead.
 */
export async function relay(options: {
  readonly head: Omit<HttpRequest, 'body'>;
  /** The protocol that it asks to change to. */
  readonly upgrade: string | undefined;
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly relay: Relay;
  readonly board: Board;
  readonly acted: Placement[];
  readonly marks: Marks;
  readonly signal: AbortSignal;
  reset(): void;
  now(): number;
}): Promise<Passed> {
  const { head, upgrade, message, response, board, acted, marks, signal, reset, now } = options;
  const capture = createCapture();
  const body = await bodyOf(message);
  if (body instanceof Uint8Array) capture.add(body);

  let overcome: WireErrors | undefined;
  const came = await new Promise<Came>((resolve, reject) => {
    let into: Sink | undefined;
    const deciding: Sink = {
      interim: (status, headers) => interim(response, status, headers),
      head(status, headers, flow) {
        if (!board.holds('link/answer', head.path))
          into = streaming({
            method: head.method,
            response,
            marks,
            gone: signal,
            reset,
            now,
            done: (delivered) => resolve({ delivered }),
          });
        else
          into = wholly(({ answer, failure }) => {
            if (failure) resolve({ planned: undone(answer, failure), failure });
            else resolve({ planned: faulted(answer, board, acted, head.path) });
          }, reject);
        into.head(status, headers, flow);
      },
      upgraded(status, headers, far) {
        const near = message.socket;
        response.detachSocket(near);
        near.write(switching(status, headers));
        const answer = { status, headers, body: new Uint8Array() };
        const begun = () => undefined;
        pour({ near, far, plan: {}, gone: signal, released: signal, begun, reset }).then(({ stream, ...ended }) =>
          resolve({ delivered: { ...ended, response: answer }, stream }),
        );
      },
      data: (chunk) => into?.data(chunk),
      end: (trailers) => into?.end(trailers),
      failed(failure) {
        if (into) into.failed(failure);
        else resolve({ planned: undone(undefined, failure), failure });
      },
      overcome(errors) {
        overcome = errors;
      },
      impossible: reject,
    };
    const sent = body && !(body instanceof Uint8Array) ? { sent: capture.add } : {};
    options.relay({ ...head, body, ...sent, ...(upgrade !== undefined && { upgrade }) }, deciding, signal, marks);
  });
  // An answer may come before all of the request was wanted.
  if (!message.complete && upgrade === undefined) message.unpipe().resume();
  return { request: { ...head, ...captured(capture) }, ...came, overcome };
}

/** All of a body that came together with its head; otherwise a stream of it. */
async function bodyOf(message: IncomingMessage): Promise<Uint8Array | Readable | null> {
  const { 'content-length': length, 'transfer-encoding': encoding } = message.headers;
  if (encoding === undefined && (length === undefined || length === '0')) return null;
  // The parser has gone through all that was there.
  await undefined;
  if (message.complete) return (message.read() as Buffer | null) ?? null;
  const stream = new PassThrough();
  // A message whose connection is lost never ends.
  message.pipe(stream).on('error', () => undefined);
  message.once('close', () => message.complete || stream.destroy());
  return stream;
}

/** Passes it on to a peer that may know such answers (RFC 9110 §15.2). */
function interim(response: ServerResponse, status: number, headers: Headers): void {
  const { socket, req } = response;
  if (status === 100 || req.httpVersion === '1.0' || response.headersSent) return;
  const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket?.write(`HTTP/1.1 ${status} \r\n${fields}\r\n`, 'latin1');
}
