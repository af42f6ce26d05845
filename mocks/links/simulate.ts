import { type IncomingMessage, request } from 'node:http';
import { addAbortSignal, type Duplex, duplexPair } from 'node:stream';
import type { HttpAnswer, PlannedAnswer } from '../../harness/model/http.ts';
import { bodiless, type Delivered, deliver } from './delivery.ts';
import { seenAt } from './exchange.ts';
import { failureOf } from './failure.ts';
import { endToEnd, fromRaw } from './headers.ts';

/** What a near party inside the harness gets of a planned answer: the same as over a socket, without one. */
export async function simulate(
  planned: PlannedAnswer,
  options: { readonly method: string; readonly signal: AbortSignal; released(): AbortSignal; begun(): void },
): Promise<Delivered> {
  const { method, signal, released, begun } = options;
  if (!planned.delivery) {
    const empty = bodiless(method, planned.status);
    return { end: 'complete', response: empty ? { ...planned, body: new Uint8Array() } : planned };
  }
  const [near, socket] = duplexPair();
  const broken = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  // After what was sent before it.
  const reset = () => void setImmediate(() => near.destroy(broken));
  const receiving = received(near, method, signal);
  const { end, errors } = await deliver(planned, { method, socket, gone: signal, released, begun, reset });
  if (end === 'hung' || end === 'closed') near.destroy();
  const { response, problem } = await receiving;
  near.destroy();
  socket.destroy();
  const had = response && { response };
  if (end === 'closed') return { end: 'timed-out', errors: late, ...had };
  // What arrived in full may still be no HTTP.
  if (end === 'complete' && problem) return { ...failureOf(problem, 'near', response !== undefined), ...had };
  return { end, ...(errors && { errors }), ...had };
}

const late = seenAt('near', 'ETIMEDOUT', 'the answer was not complete in time');

interface Received {
  readonly response?: HttpAnswer;
  readonly problem?: unknown;
}

/** Reads an answer as node:http does. */
function received(near: Duplex, method: string, signal: AbortSignal): Promise<Received> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let head: Omit<HttpAnswer, 'body'> | undefined;
    const settle = (problem?: unknown) =>
      resolve({
        ...(head && { response: { ...head, body: Buffer.concat(chunks) } }),
        ...(problem !== undefined && { problem }),
      });
    const asking = request({ createConnection: () => near, method, maxHeaderSize: 256 * 1024 });
    // Without a listener node:http would close the connection and say nothing.
    asking.on('upgrade', () => settle(new Error('the answer changed the protocol')));
    asking.on('error', settle).on('response', (message: IncomingMessage) => {
      head = { status: message.statusCode as number, headers: endToEnd(fromRaw(message.rawHeaders)) };
      message.on('data', (chunk: Buffer) => chunks.push(chunk));
      message.on('error', settle).on('end', () => settle());
    });
    addAbortSignal(signal, near);
    asking.end();
  });
}
