import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { Headers, PlannedAnswer } from '../../../harness/model/http.ts';
import { family } from '../idp/family.ts';
import { delivered, withBody, withoutField } from './answer.ts';

interface Blame {
  /** Default `network/intermittent`. */
  readonly cause?: CauseId;
}

const fault = family('http', { seam: 'link/answer', layer: 'http', cause: 'network/intermittent' });

/** An answer with framing fields of its own and a body that fits them or does not; it ends with a close. */
const framing =
  (variant: string, summary: string, fields: (length: number) => Headers, body?: (right: Uint8Array) => Uint8Array) =>
  ({ cause }: Blame = {}): Fault<'link/answer'> =>
    fault(
      variant,
      summary,
      (answer): PlannedAnswer => {
        const headers = [...withoutField(answer.headers, 'Content-Length'), ...fields(answer.body.byteLength)];
        const framed = { ...answer, headers };
        return delivered(body ? withBody(framed, body(answer.body)) : framed, { unframed: true, ending: 'close' });
      },
      cause,
    );

const chunked: Headers = [['Transfer-Encoding', 'chunked']];
const lines = (before: string, body: Uint8Array, after: string) =>
  Buffer.concat([Buffer.from(before), body, Buffer.from(after)]);

/** The body lasts until the connection closes: sound HTTP (RFC 9112 §6.3), but a cut is not told from an end. */
export const untilClose = framing(
  'length-missing',
  'the body ends with the connection, and nothing says how long it is',
  () => [],
);

/** `Content-Length` says too little: what is over stays behind on the connection. */
export const lengthTooSmall = framing('length-too-small', 'Content-Length says half of the body', (length) => [
  ['Content-Length', String(Math.floor(length / 2))],
]);

/** Two lengths that differ: an unrecoverable error (RFC 9112 §6.3), and how responses are split. */
export const lengthTwice = framing('length-twice', 'Content-Length comes twice and differs', (length) => [
  ['Content-Length', String(length)],
  ['Content-Length', String(length + 7)],
]);

/** A length that is no number (RFC 9110 §8.6). */
export const lengthGarbage = framing('length-garbage', 'Content-Length is no number', () => [
  ['Content-Length', 'many'],
]);

/** A chunk whose size is no hexadecimal number (RFC 9112 §7.1). */
export const chunkSizeGarbage = framing(
  'chunk-size-garbage',
  'the size of a chunk is no number',
  () => chunked,
  (body) => lines('zz\r\n', body, '\r\n0\r\n\r\n'),
);

/** All of the body and no last chunk: incomplete (RFC 9112 §8). */
export const lastChunkMissing = framing(
  'last-chunk-missing',
  'the last chunk does not come',
  () => chunked,
  (body) => lines(`${body.byteLength.toString(16)}\r\n`, body, '\r\n'),
);

/** A length and chunks at once (RFC 9112 §6.3): chunks count, or it is an error. */
export const lengthAndChunks = framing(
  'length-and-chunks',
  'Content-Length and chunks come at once',
  (length) => [...chunked, ['Content-Length', String(length)]],
  (body) => lines(`${body.byteLength.toString(16)}\r\n`, body, '\r\n0\r\n\r\n'),
);
