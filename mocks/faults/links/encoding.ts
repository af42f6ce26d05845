import { gzipSync } from 'node:zlib';
import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault, Random } from '../../../harness/model/fault.ts';
import type { PlannedAnswer } from '../../../harness/model/http.ts';
import { withBody, withField } from './answer.ts';

interface Blame {
  readonly cause?: CauseId;
}

/** `Content-Encoding: gzip` over random bytes (RFC 9110 §8.4). */
export function gzipGarbage({ cause = 'network/intermittent' }: Blame = {}): Fault<'link/answer'> {
  return gzip('garbage', 'the body is said to be gzip and is noise', cause, (_, random) =>
    Buffer.from(`00${random.hex(63)}`, 'hex'),
  );
}

/** `Content-Encoding: gzip` over the first half of the correct gzip stream. */
export function gzipCut({ cause = 'network/intermittent' }: Blame = {}): Fault<'link/answer'> {
  return gzip('cut', 'the gzip stream stops in the middle', cause, ({ body }) => {
    const stream = gzipSync(body);
    return stream.subarray(0, Math.floor(stream.byteLength / 2));
  });
}

/** `Content-Encoding: gzip` over the plain body, as a proxy leaves it that unpacked and forgot to say so. */
export function gzipPlain({ cause = 'network/intermittent' }: Blame = {}): Fault<'link/answer'> {
  return gzip('plain', 'the body is said to be gzip and is plain', cause, ({ body }) => body);
}

function gzip(
  variant: string,
  summary: string,
  cause: CauseId,
  bytes: (answer: PlannedAnswer, random: Random) => Uint8Array,
): Fault<'link/answer'> {
  return {
    id: `http/gzip-${variant}`,
    layer: 'http',
    seam: 'link/answer',
    cause,
    summary,
    apply: (answer, random) => {
      const coded = withBody(answer, bytes(answer, random));
      return { ...coded, headers: withField(coded.headers, 'Content-Encoding', 'gzip') };
    },
  };
}

/** The gzip stream is whole and nothing says that it is one. */
export function gzipUnsaid({ cause = 'network/intermittent' }: Blame = {}): Fault<'link/answer'> {
  return {
    id: 'http/gzip-unsaid',
    layer: 'http',
    seam: 'link/answer',
    cause,
    summary: 'the body is gzip and is not said to be',
    apply: (answer) => withBody(answer, gzipSync(answer.body)),
  };
}

/** Compressed twice, said once. */
export function gzipTwice({ cause = 'network/intermittent' }: Blame = {}): Fault<'link/answer'> {
  return gzip('twice', 'the body is compressed twice and says so once', cause, ({ body }) => gzipSync(gzipSync(body)));
}

/** A small stream that unpacks to so many bytes. */
export function gzipBomb({
  bytes = 64 * 1024 * 1024,
  cause = 'gateway/overload',
}: Blame & { readonly bytes?: number } = {}): Fault<'link/answer'> {
  let packed: Buffer | undefined;
  return gzip('bomb', `the gzip stream unpacks to ${bytes} bytes`, cause, () => {
    packed ??= gzipSync(Buffer.alloc(bytes, ' '));
    return packed;
  });
}

/** The plain body under a coding that nobody asked for and nobody knows (RFC 9110 §8.4.1). */
export function unknownCoding({ cause = 'network/intermittent' }: Blame = {}): Fault<'link/answer'> {
  return {
    id: 'http/coding-unknown',
    layer: 'http',
    seam: 'link/answer',
    cause,
    summary: 'the body is said to be in an unknown content coding',
    apply: (answer) => ({ ...answer, headers: withField(answer.headers, 'Content-Encoding', 'x-none') }),
  };
}
