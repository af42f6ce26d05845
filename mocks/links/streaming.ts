import type { ServerResponse } from 'node:http';
import type { Headers } from '../../harness/model/http.ts';
import { captured, createCapture } from './capture.ts';
import { closeSoon, cutOnPurpose, type Delivered, peerGone, resetOnPurpose, whole } from './delivery.ts';
import { followedBy } from './exchange.ts';
import { type Failure, failureOf } from './failure.ts';
import type { Flow, Sink } from './far-end.ts';
import { flat } from './headers.ts';
import type { Marks } from './timing.ts';

/** A sink that hands an answer on to the near end as it comes, at the pace at which the near end takes it. */
export function streaming(options: {
  readonly method: string;
  readonly response: ServerResponse;
  readonly marks: Marks;
  /** The connection is gone. */
  readonly gone: AbortSignal;
  reset(): void;
  now(): number;
  done(delivered: Delivered): void;
}): Sink {
  const { method, response, marks, gone, reset, now, done } = options;
  const capture = createCapture();
  let head: { readonly status: number; readonly headers: Headers } = { status: 0, headers: [] };
  let flow: Flow | undefined;
  /** What has come while the head is held back. */
  let waiting: Uint8Array[] | undefined = [];
  const resume = () => flow?.resume();
  const seen = () => ({ ...head, ...captured(capture) });

  function begin(): void {
    if (!waiting) return;
    const chunks = waiting;
    waiting = undefined;
    if (response.closed) return;
    marks.answering = now();
    response.sendDate = false;
    try {
      response.writeHead(head.status, flat(head.headers));
    } catch (problem) {
      // A field that node:http does not write.
      flow?.abort(problem as Error);
      return;
    }
    if (chunks.length === 0) response.flushHeaders();
    for (const chunk of chunks) write(chunk);
  }

  function write(chunk: Uint8Array): void {
    if (response.write(chunk)) return;
    flow?.pause();
    response.once('drain', resume);
  }

  /** All of it came at once: it goes out in one piece. */
  function short(chunks: readonly Uint8Array[]): void {
    waiting = undefined;
    marks.answering = now();
    const body = chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks);
    whole({ ...head, body }, response, method).then(
      // With the fields that went out, and a body of its own.
      ({ response: out, ...delivered }) =>
        done(out ? { ...delivered, response: { ...seen(), headers: out.headers } } : delivered),
      (problem) => fail(failureOf(problem, 'near', true)),
    );
  }

  function end(trailers: Headers): void {
    if (waiting && trailers.length === 0) {
      short(waiting);
      return;
    }
    begin();
    const left: Delivered = { end: 'closed', errors: peerGone, response: seen() };
    if (response.closed) {
      done(left);
      return;
    }
    // Only chunks leave room for them (RFC 9112 §7.1.2).
    if (response.chunkedEncoding) response.addTrailers(trailers as [string, string][]);
    response.once('close', () => done(response.writableFinished ? { end: 'complete', response: seen() } : left));
    response.end();
  }

  function fail(failure: Failure): void {
    begin();
    if (gone.aborted || !response.socket) {
      done({ end: 'closed', errors: followedBy(peerGone, failure.errors), response: seen() });
      return;
    }
    const cut = failure.end === 'truncated';
    if (cut) closeSoon(response.socket);
    else reset();
    const errors = followedBy(failure.errors, cut ? cutOnPurpose : resetOnPurpose);
    done({ end: failure.end, errors, response: seen() });
  }

  return {
    head(status, headers, answering) {
      head = { status, headers };
      flow = answering;
      // Not before the parser has gone through what is there.
      queueMicrotask(begin);
    },
    data(chunk) {
      capture.add(chunk);
      if (waiting) waiting.push(chunk);
      else if (!response.closed) write(chunk);
    },
    end,
    failed: fail,
    impossible: () => undefined,
  };
}
