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
