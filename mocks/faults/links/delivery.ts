import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { Delivery, PlannedAnswer } from '../../../harness/model/http.ts';
import { delivered } from './answer.ts';

type AnswerFault = Fault<'link/answer'>;

interface Blame {
  /** Default `network/intermittent`, or `network/blocked` for silence. */
  readonly cause?: CauseId;
}

/** The head promises the whole body; `bytes` of it come (default: half), then a clean close (RFC 9112 §8). */
export function truncated({ bytes, cause }: Blame & { readonly bytes?: number } = {}): AnswerFault {
  return delivery('truncated', 'the connection closes in the middle of the body', cause, (answer) => ({
    upTo: bytes ?? half(answer),
    ending: 'close',
  }));
}

/** A TCP reset after the head and `bytes` of the body (default: half). */
export function resetAfter({ bytes, cause }: Blame & { readonly bytes?: number } = {}): AnswerFault {
  return delivery('reset-mid-answer', 'the connection is reset in the middle of the body', cause, (answer) => ({
    upTo: bytes ?? half(answer),
    ending: 'reset',
  }));
}

/** The request is taken, and a TCP reset comes instead of an answer. */
export function resetBeforeAnswer({ cause }: Blame = {}): AnswerFault {
  return delivery('reset-before-answer', 'the connection is reset instead of an answer', cause, () => ({
    upTo: 'nothing',
    ending: 'reset',
  }));
}

/** The request is taken, and the connection closes cleanly instead of an answer. */
export function closesBeforeAnswer({ cause }: Blame = {}): AnswerFault {
  return delivery('close-before-answer', 'the connection closes instead of an answer', cause, () => ({
    upTo: 'nothing',
    ending: 'close',
  }));
}

/** The request is taken, and nothing ever comes back. */
export function neverAnswers({ cause = 'network/blocked' }: Blame = {}): AnswerFault {
  return delivery('hang', 'the request is taken and never answered', cause, () => ({
    upTo: 'nothing',
    ending: 'hang',
  }));
}

/** The head and `bytes` of the body (default: half), and then nothing more, for ever. */
export function stalls({ bytes, cause }: Blame & { readonly bytes?: number } = {}): AnswerFault {
  return delivery('stall-mid-answer', 'the body stops in the middle and never goes on', cause, (answer) => ({
    upTo: bytes ?? half(answer),
    ending: 'hang',
  }));
}

/** The head at once, then the body at this pace. */
export function drips({ bytesPerSecond = 20, cause }: Blame & { readonly bytesPerSecond?: number } = {}): AnswerFault {
  return delivery('drip', `the body comes at ${bytesPerSecond} bytes a second`, cause, () => ({ bytesPerSecond }));
}

function half({ body }: PlannedAnswer): number {
  return Math.floor(body.byteLength / 2);
}

function delivery(
  variant: string,
  summary: string,
  cause: CauseId = 'network/intermittent',
  plan: (answer: PlannedAnswer) => Delivery,
): AnswerFault {
  return {
    id: `http/${variant}`,
    layer: 'http',
    seam: 'link/answer',
    cause,
    summary,
    apply: (answer) => delivered(answer, plan(answer)),
  };
}
