import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib';
import type { Errors, Exchange, ExchangeEnd, RecordedBody, Side, Timings } from '../model/exchange.ts';
import type { Recording } from '../model/history.ts';
import type { Headers, HttpAnswer, HttpRequest } from '../model/http.ts';

/** Of a body that streamed through, `body` may hold only the beginning. */
interface Cut {
  /** The length of the whole body. Absent when `body` is all of it. */
  readonly bytes?: number;
}

/** An exchange as a link saw it, or a connection that never became HTTP. */
export interface SeenExchange {
  readonly id: string;
  /** Monotonic milliseconds, by the clock of the recording. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly request?: HttpRequest & Cut;
  readonly response?: HttpAnswer & Cut;
  readonly end: ExchangeEnd;
  /** `first`: the end at which it began. */
  readonly errors?: Errors & { readonly first: Side };
  readonly faults: readonly string[];
  readonly correlation?: string;
  readonly timings?: Timings;
  readonly stream?: NonNullable<Exchange['stream']>;
}

/** More of a body than is recorded, so that a secret on the edge of the record is still seen whole. Characters. */
const looked = 64 * 1024;
const mostUnpacked = 1024 * 1024;

/**
 * What is to be recorded of an exchange: its times from the recording's beginning on, its bodies as text (UTF-8,
 * replacement characters for what is none; gzip, deflate and brotli are taken off). The recording itself redacts and
 * shortens it.
 */
export function recordedExchange(seen: SeenExchange, recording: Recording & { readonly began?: number }): Exchange {
  const { id, correlation, request, response, end, errors, faults, timings, stream } = seen;
  const since = (time: number) => rounded(time - (recording.began ?? 0));
  return {
    id,
    ...(correlation !== undefined && { correlation }),
    startedAt: since(seen.startedAt),
    endedAt: since(seen.endedAt),
    ...(request && {
      request: { method: request.method, path: request.path, headers: request.headers, body: bodyOf(request) },
    }),
    ...(response && { response: { status: response.status, headers: response.headers, body: bodyOf(response) } }),
    end,
    ...(errors && errorsOf(errors)),
    ...(timings && { timings: roundedTimings(timings) }),
    ...(stream && { stream }),
    faults,
  };
}

function errorsOf({ first, near, far }: NonNullable<SeenExchange['errors']>): Pick<Exchange, 'error' | 'errors'> {
  const { code = '', message = '' } = (first === 'near' ? near : far) ?? {};
  return { error: { side: first, code, message }, errors: { ...(near && { near }), ...(far && { far }) } };
}

/** Milliseconds to the microsecond. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

function roundedTimings(timings: Timings): Timings {
  const { blocked, dns, connect, tls, send, wait, receive } = timings;
  return {
    blocked: rounded(blocked),
    ...(dns !== undefined && { dns: rounded(dns) }),
    ...(connect !== undefined && { connect: rounded(connect) }),
    ...(tls !== undefined && { tls: rounded(tls) }),
    send: rounded(send),
    wait: rounded(wait),
    receive: rounded(receive),
  };
}

function bodyOf(message: { readonly headers: Headers; readonly body: Uint8Array } & Cut): RecordedBody {
  const { headers, body, bytes = body.length } = message;
  if (bytes === 0) return { text: '', bytes: 0 };
  const coding = headers.find(([name]) => name.length === 16 && name.toLowerCase() === 'content-encoding')?.[1];
  const plain = coding === undefined ? body : unpacked(body, coding.toLowerCase(), bytes > body.length);
  const whole = Buffer.from(plain.buffer, plain.byteOffset, Math.min(plain.length, looked));
  const cut = plain.length > looked || bytes > body.length;
  return { text: whole.toString(), bytes, ...(cut && { cut: true }) };
}

/** The content without its coding (RFC 9110 §8.4.1); as it is when that cannot be taken off. */
function unpacked(body: Uint8Array, coding: string, cut: boolean): Uint8Array {
  // Of a beginning, as much as can be had.
  const zlib = { maxOutputLength: mostUnpacked, ...(cut && { finishFlush: constants.Z_SYNC_FLUSH }) };
  const brotli = { maxOutputLength: mostUnpacked, ...(cut && { finishFlush: constants.BROTLI_OPERATION_FLUSH }) };
  try {
    if (coding === 'gzip' || coding === 'x-gzip') return gunzipSync(body, zlib);
    if (coding === 'deflate') return inflateSync(body, zlib);
    if (coding === 'br') return brotliDecompressSync(body, brotli);
  } catch {
    // A fault may have cut it short or named a coding that it does not have.
  }
  return body;
}
