import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { FailwellError } from '../../harness/model/error.ts';
import type { HttpRequest } from '../../harness/model/http.ts';
import { wholly } from './collect.ts';
import { type Failure, failureOf, late } from './failure.ts';
import type { Asked, FarEnd, Passing, ServerOrigin, Sink } from './far-end.ts';
import { endToEnd, flat } from './headers.ts';
import { createLanes, type Lanes } from './lanes.ts';
import type { Marks } from './timing.ts';

interface Sending {
  readonly lanes: Lanes;
  /** Put before every path. */
  readonly prefix: string;
  now(): number;
}

/** A far end that is a real server. */
export function server(origin: ServerOrigin, now: () => number): FarEnd {
  const lanes = createLanes(origin, now);
  const sending: Sending = { lanes, prefix: new URL(origin.url).pathname.replace(/\/$/, ''), now };
  return {
    ask: (request, signal, marks) => ask(sending, request, signal, marks),
    relay: (passing, sink, signal, marks) => relay(sending, passing, sink, signal, marks),
    close: () => lanes.close(),
  };
}

/** Collects the answer. */
function ask(sending: Sending, request: HttpRequest, signal: AbortSignal, marks: Marks): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const { body } = request;
    relay(sending, { ...request, body: body.byteLength > 0 ? body : null }, wholly(resolve, reject), signal, marks);
  });
}

/** Sends a request and hands the answer on as it comes. */
function relay(
  { lanes, prefix, now }: Sending,
  { method, path, headers, body, upgrade, sent }: Passing,
  sink: Sink,
  signal: AbortSignal,
  marks: Marks,
): void {
  let flow: Dispatcher.DispatchController | undefined;
  let settled = false;
  let begun = false;

  function settle(): boolean {
    if (settled) return false;
    settled = true;
    signal.removeEventListener('abort', giveUp);
    return true;
  }
  function fail(failure: Failure): void {
    if (settle()) sink.failed(failure);
  }
  function giveUp(): void {
    const failure = late(begun, signal);
    fail(failure);
    if (flow) flow.abort(new Error(failure.errors.far?.message));
    // It still waits for its connection.
    else lane?.drop().catch(() => undefined);
  }

  if (signal.aborted) {
    fail(late(false, signal));
    return;
  }
  signal.addEventListener('abort', giveUp, { once: true });
  const lane = lanes.take(marks);
  // A stream's length is its sender's to say; otherwise it is chunked (RFC 9112 §6).
  const framing = body instanceof Readable ? undefined : 'content-length';
  lane.client.dispatch(
    {
      path: prefix + path,
      method,
      headers: flat(endToEnd(headers, framing, 'expect')),
      body,
      ...(upgrade !== undefined && { upgrade }),
    },
    {
      onRequestStart(started) {
        flow = started;
        marks.sending = now();
        // Without a body it goes out at once.
        if (!body) marks.sent = marks.sending;
      },
      onBodySent: (chunk) => sent?.(chunk),
      onRequestSent() {
        marks.sent ??= now();
      },
      onResponseStart(started, status) {
        const fields = pairs(started.rawHeaders);
        if (status < 200) return sink.interim?.(status, fields);
        begun = true;
        // A server may answer before it has read all of the request.
        marks.answering = now();
        marks.sent ??= marks.answering;
        sink.head(status, endToEnd(fields), started);
      },
      onRequestUpgrade(started, status, _, socket) {
        lane.free();
        if (settle()) sink.upgraded?.(status, pairs(started.rawHeaders), socket);
        else socket.destroy();
      },
      onResponseData(_, chunk) {
        if (!settled) sink.data(chunk);
      },
      onResponseEnd({ rawTrailers }) {
        lane.free();
        if (settle()) sink.end(pairs(rawTrailers));
      },
      onResponseError(_, problem) {
        lane.free();
        const { code } = problem as NodeJS.ErrnoException;
        if (code !== 'UND_ERR_INVALID_ARG' && code !== 'UND_ERR_NOT_SUPPORTED')
          return fail(failureOf((code === 'UND_ERR_SOCKET' && lane.problem()) || problem, 'far', begun));
        const what = `${method} ${path} cannot be sent (${problem.message}): change the request`;
        if (settle()) sink.impossible(new FailwellError('harness', what, { cause: problem }));
      },
    },
  );
}

function pairs(raw: Dispatcher.DispatchController['rawHeaders']): [string, string][] {
  const list = Array.isArray(raw) ? raw : [];
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < list.length; at += 2) {
    headers.push([latin1(list[at]!), latin1(list[at + 1]!)]);
  }
  return headers;
}

function latin1(text: string | Buffer): string {
  return typeof text === 'string' ? text : text.toString('latin1');
}
