import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { Delivery, PlannedAnswer } from '../../../harness/model/http.ts';
import { family } from '../idp/family.ts';
import { delivered } from './answer.ts';

interface Blame {
  /** Default `network/intermittent`. */
  readonly cause?: CauseId;
}

const fault = family('tcp', { seam: 'link/answer', layer: 'tcp', cause: 'network/intermittent' });

const ending =
  (variant: string, summary: string, plan: (answer: PlannedAnswer) => Delivery) =>
  ({ cause }: Blame = {}): Fault<'link/answer'> =>
    fault(variant, summary, (answer) => delivered(answer, plan(answer)), cause);

/** The request is taken and half of the connection closes: nothing will come, yet it stays open (RFC 9293 §3.6). */
export const halfCloses = ending('half-close', 'the connection closes on one side instead of an answer', () => ({
  upTo: 'nothing',
  ending: 'half-close',
}));

/** Half of the connection closes after half of the body. */
export const halfClosesMidAnswer = ending(
  'half-close-mid-answer',
  'the connection closes on one side in the middle of the body',
  ({ body }) => ({ upTo: Math.floor(body.byteLength / 2), ending: 'half-close' }),
);

/** A whole answer, then a close that nothing announced, as an idle timeout of a balancer (RFC 9112 §9.5). */
export const closesIdle = ending('idle-closed', 'the idle connection is closed unannounced after an answer', () => ({
  ending: 'close',
}));

/** A whole answer on a connection that looks alive, where the next request is met with a reset (RFC 9112 §9.5). */
export const resetsIdle = ending('idle-reset', 'a connection is reset when it is used again', () => ({
  ending: 'reset-on-reuse',
}));
