import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import { family } from '../idp/family.ts';
import { delivered } from './answer.ts';

type AnswerFault = Fault<'link/answer'>;

interface Blame {
  /** Default `network/intermittent`. */
  readonly cause?: CauseId;
}

const fault = family('tcp', { seam: 'link/answer', layer: 'tcp', cause: 'network/intermittent' });

/** Every answer comes so many milliseconds later, and up to `jitter` more, as the seed has it. */
export function latency({
  milliseconds = 250,
  jitter = 0,
  cause,
}: Blame & { readonly milliseconds?: number; readonly jitter?: number } = {}): AnswerFault {
  const more = jitter > 0 ? `, and up to ${jitter} ms more` : '';
  return fault(
    jitter > 0 ? 'latency-jitter' : 'latency',
    `answers come ${milliseconds} ms later${more}`,
    (answer, random) => {
      const { delay = 0 } = answer.delivery ?? {};
      return delivered(answer, { delay: delay + milliseconds + random.next() * jitter });
    },
    cause,
  );
}

/** Head and body at this pace; bytes a second, by default those of a narrow line. */
export function bandwidth({
  bytesPerSecond = 32 * 1024,
  cause,
}: Blame & { readonly bytesPerSecond?: number } = {}): AnswerFault {
  return fault(
    'bandwidth',
    `answers come at ${bytesPerSecond} bytes a second`,
    (answer) => delivered(answer, { bytesPerSecond, paced: 'message' }),
    cause,
  );
}

/** Head and body a few bytes at a time: no single read ever waits long, and the whole takes for ever. */
export function slowDrip({
  bytesPerSecond = 40,
  cause,
}: Blame & { readonly bytesPerSecond?: number } = {}): AnswerFault {
  return fault(
    'slow-drip',
    `answers drip at ${bytesPerSecond} bytes a second, the head too`,
    (answer) => delivered(answer, { bytesPerSecond, paced: 'message' }),
    cause,
  );
}
