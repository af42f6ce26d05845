import { buildConnector, type Dispatcher, Pool } from 'undici';
import { FailwellError } from '../../harness/model/error.ts';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import { type Failure, failureOf, late } from './failure.ts';
import type { Asked, FarEnd } from './far-end.ts';
import { endToEnd, flat } from './headers.ts';

/** Answers longer than this, in bytes, are cut. */
const longest = 8 * 1024 * 1024;

/** A far end that is a real server. `ca` is PEM; a path in `url` is put before every request's path. */
export function server(url: string, ca: string | undefined): FarEnd {
  const { origin, pathname } = new URL(url);
  const prefix = pathname.replace(/\/$/, '');
  const connector = buildConnector({ timeout: 0, allowH2: false, ...(ca === undefined ? {} : { ca }) });
  const pool = new Pool(origin, {
    // The name to verify is the origin's, whatever `Host` a hostile request claims.
    connect: (options, callback) => connector({ ...options, servername: '' }, callback),
    // Whoever waits brings a signal; the pool itself has no deadline.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 2_000,
    maxHeaderSize: 256 * 1024,
  });
  return {
    ask: (request, signal) => ask(pool, prefix, request, signal),
    async close() {
      await pool.destroy();
    },
  };
}

function ask(pool: Pool, prefix: string, request: HttpRequest, signal: AbortSignal): Promise<Asked> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let head: { status: number; headers: HttpAnswer['headers'] } | undefined;
    let chunks: Buffer[] = [];
    let bytes = 0;

    function settle(failure?: Failure): void {
      signal.removeEventListener('abort', giveUp);
      const answer = head && { ...head, body: chunks.length === 1 ? Buffer.from(chunks[0]!) : Buffer.concat(chunks) };
      chunks = [];
      if (failure) resolve(answer ? { answer, failure } : { failure });
      else resolve({ answer: answer! });
    }
    function giveUp(): void {
      const failure = late(head !== undefined);
      settle(failure);
      controller?.abort(new Error(failure.error.message));
    }

    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    pool.dispatch(
      {
        path: prefix + request.path,
        method: request.method,
        headers: flat(endToEnd(request.headers, 'content-length').filter(([name]) => name.toLowerCase() !== 'expect')),
        body: request.body.byteLength > 0 ? request.body : null,
      },
      {
        onRequestStart(started) {
          controller = started;
          if (signal.aborted) started.abort(new Error('no answer in time'));
        },
        onResponseStart(started, status) {
          if (status >= 200) head = { status, headers: endToEnd(pairs(started.rawHeaders)) };
        },
        onResponseData(started, chunk) {
          bytes += chunk.byteLength;
          if (bytes <= longest) chunks.push(chunk);
          else
            started.abort(Object.assign(new Error(`the answer is longer than ${longest} bytes`), { code: 'TOO_LONG' }));
        },
        onResponseEnd() {
          settle();
        },
        onResponseError(_, problem) {
          const { code } = problem as NodeJS.ErrnoException;
          if (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED') {
            signal.removeEventListener('abort', giveUp);
            const what = `${request.method} ${request.path} cannot be sent (${problem.message}): change the request`;
            return reject(new FailwellError('harness', what, { cause: problem }));
          }
          settle(failureOf(problem, 'far', head !== undefined));
        },
      },
    );
  });
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
