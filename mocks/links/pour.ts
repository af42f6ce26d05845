import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Exchange, ExchangeEnd } from '../../harness/model/exchange.ts';
import type { StreamPlan } from '../../harness/model/stream.ts';
import { closeSoon, either, resetOnPurpose } from './delivery.ts';
import { followedBy, seenAt, type WireErrors } from './exchange.ts';
import { failureOf, leftAlone } from './failure.ts';
import { type Drop, paced } from './paced.ts';
import { resetSocket } from './reset.ts';

/** How a connection that carries no HTTP ended, and what had passed. */
export interface Poured {
  readonly end: ExchangeEnd;
  readonly errors?: WireErrors;
  readonly stream: NonNullable<Exchange['stream']>;
}

const cut = seenAt('near', 'TRUNCATED', 'the link ended the connection early');
const lost = seenAt('near', 'CLOSED', 'the connection was closed in the middle');
const resetToo = seenAt('far', 'ECONNRESET', 'the link reset the connection, as the near end was');

/** Passes bytes both ways, each at the pace of whoever takes them, until both ends have ended or one has broken off. */
export function pour(options: {
  readonly near: Duplex;
  readonly far: Duplex;
  /** What is wrong with the way from the far end. */
  readonly plan: StreamPlan;
  /** The near end's connection is gone. */
  readonly gone: AbortSignal;
  /** Aborted when a fault that holds something up is cleared. */
  readonly released: AbortSignal;
  /** Told of the first byte from the far end. */
  begun(): void;
  /** Resets the near end's TCP connection. */
  reset(): void;
}): Promise<Poured> {
  const { near, far, plan, gone, released, begun, reset } = options;
  const stream = { near: 0, far: 0 };
  const disturbed = Object.keys(plan).length > 0;

  return new Promise((resolve) => {
    let settled = false;
    let ended = 0;

    function settle(end: ExchangeEnd, errors?: WireErrors): void {
      if (settled) return;
      settled = true;
      gone.removeEventListener('abort', left);
      const alone = far.destroyed ? undefined : leftAlone;
      // Not its reset: a database that is left in the middle sees its peer close.
      far.destroy();
      resolve({ end, ...(errors && { errors: followedBy(errors, alone) }), stream });
    }
    function left(): void {
      if (ended === 2) settle('complete');
      else settle('closed', lost);
    }
    function broken(problem: Error, side: 'near' | 'far'): void {
      const { end, errors } = failureOf(problem, side, true);
      if (side === 'far') reset();
      else if (far instanceof Socket) resetSocket(far);
      settle(end, followedBy(errors, side === 'far' ? resetOnPurpose : resetToo));
    }
    function passed(bytes: number): void {
      if (stream.far === 0) begun();
      stream.far += bytes;
    }
    function farEnded(): void {
      ended += 1;
      near.end();
    }

    near.on('error', (problem) => broken(problem, 'near'));
    far.on('error', (problem) => broken(problem, 'far'));
    gone.addEventListener('abort', left);
    if (gone.aborted) return left();

    near.on('data', (chunk: Buffer) => {
      stream.near += chunk.byteLength;
      if (far.writable && !far.write(chunk)) near.pause();
    });
    far.on('drain', () => near.resume());
    near.on('end', () => {
      ended += 1;
      far.end();
    });

    if (disturbed) {
      paced({ near, far, plan, gone, released, passed }).then((how) => (how === 'all' ? farEnded() : cutShort(how)));
      return;
    }
    far.on('data', (chunk: Buffer) => {
      passed(chunk.byteLength);
      if (near.writable && !near.write(chunk)) far.pause();
    });
    near.on('drain', () => far.resume());
    far.on('end', farEnded);

    async function cutShort(how: Drop): Promise<void> {
      if (how === 'reset') {
        settle('reset', resetOnPurpose);
        reset();
        return;
      }
      if (how === 'half-close') near.end();
      if (how !== 'close') await either(gone, released);
      settle(how === 'hang' ? 'hung' : 'truncated', how === 'hang' ? undefined : cut);
      if (how === 'close') closeSoon(near);
      else near.destroy();
    }
  });
}
