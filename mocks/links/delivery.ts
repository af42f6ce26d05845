import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { ExchangeEnd } from '../../harness/model/exchange.ts';
import type { Delivery, Headers, HttpAnswer, PlannedAnswer } from '../../harness/model/http.ts';
import { type Cut, seenAt, type WireErrors } from './exchange.ts';
import { field, flat, framed } from './headers.ts';

/** What became of an answer on its way to the near end. `response` holds what was sent. */
export interface Delivered {
  readonly end: ExchangeEnd;
  readonly response?: HttpAnswer & Cut;
  readonly errors?: WireErrors;
}

/** The wire on which an answer goes out. */
interface Wire {
  readonly method: string;
  /** Absent where no HTTP server keeps the connection. */
  readonly response?: ServerResponse;
  /** What HTTP is written to: TLS, plain or in memory. */
  readonly socket: Duplex;
  /** The connection is gone. */
  readonly gone: AbortSignal;
  /** Aborted when a fault that holds this answer up is cleared. */
  released(): AbortSignal;
  /** Told when the first byte goes out. */
  begun(): void;
  /** Resets the TCP connection below TLS. */
  reset(): void;
}

export const resetOnPurpose = seenAt('near', 'ECONNRESET', 'the link reset the connection');
export const cutOnPurpose = seenAt('near', 'TRUNCATED', 'the link ended the answer early');
export const closedOnPurpose = seenAt('near', 'CLOSED', 'the link closed the connection');
export const peerGone = seenAt('near', 'CLOSED', 'the peer closed before the answer was complete');

/** Sends an answer as its plan says, and tells how that ended. Never rejects for what the peer does. */
export function deliver(planned: PlannedAnswer, wire: Wire): Promise<Delivered> | Delivered {
  if (wire.gone.aborted) return { end: 'closed', errors: peerGone };
  if (planned.delivery) return disturbed(planned, planned.delivery, wire);
  if (!wire.response) return disturbed(planned, {}, wire);
  wire.begun();
  return whole(planned, wire.response, wire.method);
}

/** HEAD, 204 and 304 carry no content (RFC 9110 §9.3.2, §15.3.5, §15.4.5). */
export function bodiless(method: string, status: number): boolean {
  return method === 'HEAD' || status === 204 || status === 304;
}

/** The answer as it would go out undisturbed: with the right `Content-Length`, and no body where none may be. */
function wholeAnswer({ status, headers, body }: HttpAnswer, method: string): HttpAnswer {
  if (!bodiless(method, status)) return { status, headers: framed(headers, body.byteLength), body };
  return { status, headers: framed(headers, undefined), body: body.subarray(0, 0) };
}

/** The answer with its body cut; its `Content-Length` promises more than that. */
function cutAnswer({ status, headers, body }: HttpAnswer, bytes: number, method: string): HttpAnswer {
  if (bodiless(method, status)) return { status, headers: framed(headers, undefined), body: body.subarray(0, 0) };
  // What the far end promised counts if it broke off itself.
  const promised = Math.max(body.byteLength, Number(field(headers, 'content-length')) || 0, bytes + 1);
  return { status, headers: framed(headers, promised), body: body.subarray(0, bytes) };
}

export async function whole(planned: HttpAnswer, response: ServerResponse, method: string): Promise<Delivered> {
  if (response.closed) return { end: 'closed', errors: peerGone };
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
  return response.writableFinished ? { end: 'complete', response: answer } : { end: 'closed', errors: peerGone };
}

/** Bytes. */
const short = 16 * 1024;

const latin1 = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('latin1');

/** Whether HTTP stays sound, so that the connection may live on. */
function sound({ statusLine, unframed, upTo, bytesPerSecond }: Delivery): boolean {
  return !unframed && [statusLine, upTo, bytesPerSecond].every((wrong) => wrong === undefined);
}

async function disturbed(planned: PlannedAnswer, delivery: Delivery, wire: Wire): Promise<Delivered> {
  const { method, response, socket, gone } = wire;
  const released = wire.released();
  const hold = (milliseconds: number) =>
    pause(milliseconds, undefined, { signal: AbortSignal.any([gone, released]) }).catch(() => undefined);

  if (delivery.delay !== undefined && !released.aborted) await hold(delivery.delay);
  if (gone.aborted) return { end: 'closed', errors: peerGone };
  if (delivery.preamble !== undefined || delivery.upTo !== 'nothing') wire.begun();
  if (delivery.preamble !== undefined) socket.write(delivery.preamble, 'latin1');
  if (response && sound(delivery)) {
    const delivered = await whole(planned, response, method);
    return delivered.end === 'complete' ? ended(delivered.response, delivery, wire) : delivered;
  }
  if (delivery.upTo === 'nothing') return ended(undefined, delivery, wire);

  const answer = outgoing(planned, delivery, method);
  const { status, headers, body } = answer;
  const head = headOf(status, sound(delivery) ? headers : closing(headers, delivery), delivery.statusLine?.(status));
  const { bytesPerSecond = Number.POSITIVE_INFINITY, paced = 'body' } = delivery;
  const atOnce = paced === 'body' ? head.byteLength : 0;
  const bytes = Buffer.concat([head, body]);
  const step = Math.max(1, Math.floor(bytesPerSecond / 20));
  let sent = 0;
  while (sent < bytes.byteLength && !gone.aborted) {
    // Cleared: the rest goes out at once.
    const next = released.aborted ? bytes.byteLength : Math.max(atOnce, sent + step);
    // Not the buffer that grows without end when the peer does not read.
    await flushed(socket, bytes.subarray(sent, next), gone);
    // The head of a paced body waits for nothing.
    const free = sent < atOnce;
    sent = Math.min(next, bytes.byteLength);
    if (!free && sent < bytes.byteLength && !released.aborted) await hold((step / bytesPerSecond) * 1000);
  }
  if (!gone.aborted) return ended(answer, delivery, wire);
  const arrived = body.subarray(0, Math.max(0, sent - head.byteLength));
  return { end: 'closed', errors: peerGone, response: { status, headers, body: arrived } };
}

/** What goes out of an answer, framed as its plan says. */
function outgoing(planned: PlannedAnswer, { unframed, upTo }: Delivery, method: string): HttpAnswer {
  if (typeof upTo === 'number' && !unframed) return cutAnswer(planned, upTo, method);
  if (!unframed) return wholeAnswer(planned, method);
  const { status, headers, body } = planned;
  return { status, headers, body: typeof upTo === 'number' ? body.subarray(0, upTo) : body };
}

/** Written past node:http the connection cannot be used again; an answer that pretends to be sound says so. */
function closing(headers: Headers, { unframed, upTo }: Delivery): Headers {
  return unframed || upTo !== undefined ? headers : [...headers, ['Connection', 'close']];
}

function headOf(status: number, headers: Headers, line = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`): Buffer {
  const fields = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`${line}\r\n${fields}\r\n`, 'latin1');
}

/** Treats the connection as planned after the last byte, and tells how the exchange ended. */
async function ended(response: HttpAnswer | undefined, delivery: Delivery, wire: Wire): Promise<Delivered> {
  const { socket, gone, method } = wire;
  const sent = response ? { response } : {};
  const { upTo, ending = sound(delivery) && wire.response ? undefined : 'close' } = delivery;
  const all = response !== undefined && (upTo === undefined || bodiless(method, response.status));
  switch (ending) {
    case undefined:
      return { end: 'complete', ...sent };
    case 'close':
      closeSoon(socket);
      break;
    case 'half-close':
      socket.end();
      await either(gone, wire.released());
      socket.destroy();
      break;
    case 'reset':
      wire.reset();
      return { end: 'reset', errors: resetOnPurpose, ...sent };
    case 'hang':
      await either(gone, wire.released());
      socket.destroy();
      return { end: 'hung', ...sent };
    case 'reset-on-reuse':
      resetOnReuse(wire);
      break;
  }
  return all ? { end: 'complete', ...sent } : { end: 'truncated', errors: cutOnPurpose, ...sent };
}

/** Stands in for the parser, which would hand the next request on, until the fault is cleared. */
function resetOnReuse({ socket, reset, released }: Wire): void {
  socket.on('data', reset);
  const parser = socket.listeners('data').filter((listener) => listener !== reset) as (() => void)[];
  for (const listener of parser) socket.off('data', listener);
  const restore = () => {
    for (const listener of parser) socket.on('data', listener);
    socket.off('data', reset);
  };
  released().addEventListener('abort', restore, { once: true });
}

/** Closes once everything is written. */
export function closeSoon(socket: Duplex): void {
  if (socket.writableFinished) socket.destroy();
  else socket.end(() => socket.destroy());
}

/** Resolves when the bytes are out, or nobody is there to take them. */
export function flushed(socket: Duplex, bytes: Uint8Array, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      gone.removeEventListener('abort', done);
      resolve();
    };
    gone.addEventListener('abort', done, { once: true });
    socket.write(bytes, done);
  });
}

/** Resolves as soon as one of the two has been aborted. */
export function either(one: AbortSignal, other: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([one, other]);
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
