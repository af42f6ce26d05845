import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Exchange, ExchangeEnd, RecordedBody } from '../model/exchange.ts';
import type { Recording } from '../model/history.ts';
import type { Headers, HttpAnswer, HttpRequest } from '../model/http.ts';

/** An exchange as a link saw it, or a connection that never became HTTP. */
export interface SeenExchange {
  readonly id: string;
  /** Monotonic milliseconds, by the clock of the recording. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly request?: HttpRequest;
  readonly response?: HttpAnswer;
  readonly end: ExchangeEnd;
  readonly error?: NonNullable<Exchange['error']>;
  readonly faults: readonly string[];
  readonly correlation?: string;
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
  const { id, correlation, request, response, end, error, faults } = seen;
  const since = (time: number) => Math.round((time - (recording.began ?? 0)) * 1000) / 1000;
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
    ...(error && { error }),
    faults,
  };
}

function bodyOf({ headers, body }: { readonly headers: Headers; readonly body: Uint8Array }): RecordedBody {
  if (body.length === 0) return { text: '', bytes: 0 };
  const coding = headers.find(([name]) => name.length === 16 && name.toLowerCase() === 'content-encoding')?.[1];
  const plain = coding === undefined ? body : unpacked(body, coding.toLowerCase());
  const whole = Buffer.from(plain.buffer, plain.byteOffset, Math.min(plain.length, looked));
  return { text: whole.toString(), bytes: body.length, ...(plain.length > looked && { cut: true }) };
}

/** The content without its coding (RFC 9110 §8.4.1); as it is when that cannot be taken off. */
function unpacked(body: Uint8Array, coding: string): Uint8Array {
  try {
    if (coding === 'gzip' || coding === 'x-gzip') return gunzipSync(body, { maxOutputLength: mostUnpacked });
    if (coding === 'deflate') return inflateSync(body, { maxOutputLength: mostUnpacked });
    if (coding === 'br') return brotliDecompressSync(body, { maxOutputLength: mostUnpacked });
  } catch {
    // A fault may have cut it short or named a coding that it does not have.
  }
  return body;
}
