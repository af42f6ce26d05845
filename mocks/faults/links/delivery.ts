import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { Delivery, PlannedAnswer } from '../../../harness/model/http.ts';

type AnswerFault = Fault<'link/answer'>;

interface Blame {
  /** Default `network/intermittent`, or `network/blocked` for silence. */
  readonly cause?: CauseId;
}

/** The head promises the whole body; `bytes` of it come (default: half), then a clean close (RFC 9112 §8). */
export function truncated({ bytes, cause }: Blame & { readonly bytes?: number } = {}): AnswerFault {
  return delivered('truncated', 'the connection closes in the middle of the body', cause, (answer) => ({
    how: 'truncated',
    bytes: bytes ?? half(answer),
  }));
}

/** A TCP reset after the head and `bytes` of the body (default: half). */
export function resetAfter({ bytes, cause }: Blame & { readonly bytes?: number } = {}): AnswerFault {
  return delivered('reset-mid-answer', 'the connection is reset in the middle of the body', cause, (answer) => ({
    how: 'reset',
    bytes: bytes ?? half(answer),
    headers: true,
  }));
}

/** The request is taken, and a TCP reset comes instead of an answer. */
export function resetBeforeAnswer({ cause }: Blame = {}): AnswerFault {
  return delivered('reset-before-answer', 'the connection is reset instead of an answer', cause, () => ({
    how: 'reset',
    bytes: 0,
    headers: false,
  }));
}

/** The request is taken, and nothing ever comes back. */
export function neverAnswers({ cause = 'network/blocked' }: Blame = {}): AnswerFault {
  return delivered('hang', 'the request is taken and never answered', cause, () => ({ how: 'hang' }));
}

/** The head at once, then the body at this pace. */
export function drips({ bytesPerSecond = 20, cause }: Blame & { readonly bytesPerSecond?: number } = {}): AnswerFault {
  return delivered('drip', `the body comes at ${bytesPerSecond} bytes a second`, cause, () => ({
    how: 'drip',
    bytesPerSecond,
  }));
}

function half({ body }: PlannedAnswer): number {
  return Math.floor(body.byteLength / 2);
}

function delivered(
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
    apply: (answer) => ({ ...answer, delivery: plan(answer) }),
  };
}
