import type { CauseId } from '../../../harness/model/cause.ts';
import type { Fault } from '../../../harness/model/fault.ts';
import type { StreamPlan } from '../../../harness/model/stream.ts';
import { family } from '../idp/family.ts';

/*
 * Faults on a TCP link, such as the one between an IdP and its database. They act on what the near end gets, and on
 * whole connections: a schedule counts those.
 */

type StreamFault = Fault<'link/stream'>;

interface Blame {
  /** Default `network/intermittent`, or `network/blocked` for silence. */
  readonly cause?: CauseId;
}

const fault = family('tcp', { seam: 'link/stream', layer: 'tcp', cause: 'network/intermittent' });

/** Every piece comes so many milliseconds later, and up to `jitter` more, as the seed has it. */
export function latency({
  milliseconds = 250,
  jitter = 0,
  cause,
}: Blame & { readonly milliseconds?: number; readonly jitter?: number } = {}): StreamFault {
  return fault(
    jitter > 0 ? 'stream-latency-jitter' : 'stream-latency',
    `bytes come ${milliseconds} ms later${jitter > 0 ? `, and up to ${jitter} ms more` : ''}`,
    (plan, random) => ({ ...plan, delay: () => (plan.delay?.() ?? 0) + milliseconds + random.next() * jitter }),
    cause,
  );
}

/** Bytes a second, by default those of a narrow line. */
export function bandwidth({
  bytesPerSecond = 32 * 1024,
  cause,
}: Blame & { readonly bytesPerSecond?: number } = {}): StreamFault {
  return paced('stream-bandwidth', `bytes come at ${bytesPerSecond} a second`, bytesPerSecond, cause);
}

/** A few bytes at a time: no single read ever waits long, and the whole takes for ever. */
export function slowDrip({
  bytesPerSecond = 40,
  cause,
}: Blame & { readonly bytesPerSecond?: number } = {}): StreamFault {
  return paced('stream-slow-drip', `bytes drip at ${bytesPerSecond} a second`, bytesPerSecond, cause);
}

/** What ends a connection after so many bytes; 0: with the first one that would have come. */
interface After extends Blame {
  readonly bytes?: number;
}

/** A TCP reset in the middle. */
export const resets = ending('stream-reset', 'the connection is reset', 'reset');

/** A clean close in the middle. */
export const closes = ending('stream-close', 'the connection closes', 'close');

/** Nothing more comes, while what the near end sends is still taken (RFC 9293 §3.6). */
export const halfCloses = ending('stream-half-close', 'the connection closes on one side', 'half-close');

/** The connection stands, and nothing more comes, for ever. */
export const stalls = ending('stream-stall', 'nothing more comes', 'hang', 'network/blocked');

function paced(variant: string, summary: string, bytesPerSecond: number, cause: CauseId | undefined): StreamFault {
  return fault(variant, summary, (plan) => ({ ...plan, bytesPerSecond }), cause);
}

function ending(variant: string, what: string, how: NonNullable<StreamPlan['ending']>, usual?: CauseId) {
  return ({ bytes = 16, cause = usual }: After = {}): StreamFault =>
    fault(variant, `${what} after ${bytes} bytes`, (plan) => ({ ...plan, upTo: bytes, ending: how }), cause);
}
