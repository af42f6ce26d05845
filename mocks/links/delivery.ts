import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { ExchangeEnd } from '../../harness/model/exchange.ts';
import type { Headers, HttpAnswer, PlannedAnswer } from '../../harness/model/http.ts';
import type { WireError } from './exchange.ts';
import { field, flat, framed } from './headers.ts';

/** What became of an answer on its way to the near end. `response` holds what was sent. */
export interface Delivered {
  readonly end: ExchangeEnd;
  readonly response?: HttpAnswer;
  readonly error?: WireError;
}

/** The wire on which an answer goes out. */
interface Wire {
  readonly method: string;
  readonly response: ServerResponse;
  /** What HTTP is written to: TLS or plain. */
  readonly socket: Socket;
  /** The connection is gone. */
  readonly gone: AbortSignal;
  /** Aborted when a fault that holds this answer up is cleared. */
  released(): AbortSignal;
  /** Resets the TCP connection below TLS. */
  reset(): void;
}

export const resetOnPurpose: WireError = { side: 'near', code: 'ECONNRESET', message: 'the link reset the connection' };
const peerGone: WireError = { side: 'near', code: 'CLOSED', message: 'the peer closed before the answer was complete' };

/** Sends an answer as its plan says, and tells how that ended. Never rejects for what the peer does. */
export function deliver(planned: PlannedAnswer, wire: Wire): Promise<Delivered> | Delivered {
  if (wire.gone.aborted) return { end: 'closed', error: peerGone };
  switch (planned.delivery.how) {
    case 'whole':
      return whole(planned, wire);
    case 'hang':
      return hang(wire);
    case 'drip':
      return drip(planned, planned.delivery.bytesPerSecond, wire);
    default:
      return cut(planned, planned.delivery, wire);
  }
}

/** HEAD, 204 and 304 carry no content (RFC 9110 §9.3.2, §15.3.5, §15.4.5). */
function bodiless(method: string, status: number): boolean {
  return method === 'HEAD' || status === 204 || status === 304;
}

/** The answer as it would go out undisturbed: with the right `Content-Length`, and no body where none may be. */
export function wholeAnswer({ status, headers, body }: HttpAnswer, method: string): HttpAnswer {
  if (!bodiless(method, status)) return { status, headers: framed(headers, body.byteLength), body };
  return { status, headers: framed(headers, undefined), body: body.subarray(0, 0) };
}

/** The answer with its body cut; its `Content-Length` promises more than that. */
export function cutAnswer({ status, headers, body }: HttpAnswer, bytes: number, method: string): HttpAnswer {
  if (bodiless(method, status)) return { status, headers: framed(headers, undefined), body: body.subarray(0, 0) };
  // What the far end promised counts if it broke off itself.
  const promised = Math.max(body.byteLength, Number(field(headers, 'content-length')) || 0, bytes + 1);
  return { status, headers: framed(headers, promised), body: body.subarray(0, bytes) };
}

async function whole(planned: PlannedAnswer, { method, response }: Wire): Promise<Delivered> {
  if (response.closed) return { end: 'closed', error: peerGone };
  const answer = wholeAnswer(planned, method);
  response.sendDate = false;
  response.writeHead(answer.status, flat(answer.headers));
  await new Promise<void>((resolve) => {
    // It closes with its connection, too.
    response.once('close', resolve);
    // As text the body goes out with the head in one write, which costs less than the copy while it is short.
    if (answer.body.byteLength > short) response.end(answer.body);
    else response.end(latin1(answer.body), 'latin1');
  });
  return response.writableFinished ? { end: 'complete', response: answer } : { end: 'closed', error: peerGone };
}

/** Bytes. */
const short = 16 * 1024;

const latin1 = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('latin1');

async function hang({ gone, released, socket }: Wire): Promise<Delivered> {
  await either(gone, released());
  socket.destroy();
  return { end: 'hung' };
}

async function cut(
  planned: PlannedAnswer,
  delivery: { readonly how: 'truncated' | 'reset'; readonly bytes: number; readonly headers?: boolean },
  { method, socket, reset, gone }: Wire,
): Promise<Delivered> {
  const answer = cutAnswer(planned, delivery.bytes, method);
  if (delivery.how === 'reset') {
    if (delivery.headers !== false) await written(socket, answer, gone);
    reset();
    return { end: 'reset', error: resetOnPurpose, ...(delivery.headers === false ? {} : { response: answer }) };
  }
  await written(socket, answer, gone);
  socket.destroySoon();
  return { end: bodiless(method, answer.status) ? 'complete' : 'truncated', response: answer };
}

async function drip(planned: PlannedAnswer, bytesPerSecond: number, wire: Wire): Promise<Delivered> {
  const { socket, gone } = wire;
  const released = wire.released();
  const answer = wholeAnswer(planned, wire.method);
  const stop = AbortSignal.any([gone, released]);
  const step = Math.max(1, Math.floor(bytesPerSecond / 20));
  // Written past node:http, so the connection cannot be used again.
  const closing: Headers = [...answer.headers, ['Connection', 'close']];
  await written(socket, { ...answer, headers: closing, body: new Uint8Array() }, gone);
  let sent = 0;
  while (sent < answer.body.byteLength && !gone.aborted) {
    // Cleared: the rest goes out at once.
    const next = released.aborted ? answer.body.byteLength : sent + step;
    socket.write(answer.body.subarray(sent, next));
    sent = Math.min(next, answer.body.byteLength);
    if (sent < answer.body.byteLength && !released.aborted) {
      await pause((step / bytesPerSecond) * 1000, undefined, { signal: stop }).catch(() => undefined);
    }
  }
  if (gone.aborted)
    return { end: 'closed', error: peerGone, response: { ...answer, body: answer.body.subarray(0, sent) } };
  socket.destroySoon();
  return { end: 'complete', response: answer };
}

/** Writes head and body past node:http, which would not let a message end early, and waits until they are out. */
function written(socket: Socket, { status, headers, body }: HttpAnswer, gone: AbortSignal): Promise<void> {
  const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${fields}\r\n`, 'latin1');
  return new Promise((resolve) => {
    gone.addEventListener('abort', () => resolve(), { once: true });
    socket.write(Buffer.concat([head, body]), () => resolve());
  });
}

/** Resolves as soon as one of the two has been aborted. */
export function either(one: AbortSignal, other: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([one, other]);
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
