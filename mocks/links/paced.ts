import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { StreamPlan } from '../../harness/model/stream.ts';
import { flushed } from './delivery.ts';

/** What a plan does to a connection in the middle of it. */
export type Drop = NonNullable<StreamPlan['ending']>;

/** What may wait for its time before the far end is held up. Bytes. */
const most = 1024 * 1024;

/** Passes on what comes from the far end as a plan says, and tells how it ended: with all of it, or cut short. */
export async function paced(options: {
  readonly near: Duplex;
  readonly far: Duplex;
  readonly plan: StreamPlan;
  readonly gone: AbortSignal;
  /** From then on the plan is void: what waits goes out at once. */
  readonly released: AbortSignal;
  /** Told of so many bytes that have gone out. */
  passed(bytes: number): void;
}): Promise<'all' | Drop> {
  const { near, far, plan, gone, released, passed } = options;
  const { bytesPerSecond = Number.POSITIVE_INFINITY, upTo = Number.POSITIVE_INFINITY, ending = 'close' } = plan;
  const step = Math.max(1, Math.floor(bytesPerSecond / 20));
  const either = AbortSignal.any([gone, released]);
  const hold = async (milliseconds: number) => {
    if (milliseconds > 0) await pause(milliseconds, undefined, { signal: either }).catch(() => undefined);
  };
  let sent = 0;
  for await (const { chunk, due } of pieces(far, plan, gone)) {
    await hold(due - performance.now());
    for (let from = 0; from < chunk.byteLength || upTo === 0; ) {
      const free = released.aborted;
      const to = Math.min(chunk.byteLength, from + (free ? most : step), from + (free ? most : upTo - sent));
      if (to > from) await flushed(near, chunk.subarray(from, to), gone);
      if (gone.aborted) return 'all';
      passed(to - from);
      sent += to - from;
      from = to;
      if (sent >= upTo && !released.aborted) return ending;
      if (bytesPerSecond !== Number.POSITIVE_INFINITY) await hold((step / bytesPerSecond) * 1000);
    }
  }
  return 'all';
}

interface Piece {
  readonly chunk: Buffer;
  /** When it may go on, by `performance.now()`. */
  readonly due: number;
}

/** What comes, each piece with the time that it would take on the way: while one waits, the next is on its way, too. */
async function* pieces(far: Duplex, plan: StreamPlan, gone: AbortSignal): AsyncGenerator<Piece> {
  const waiting: Piece[] = [];
  let bytes = 0;
  let over = false;
  let wake = () => {};
  const end = () => {
    over = true;
    wake();
  };
  far.on('data', (chunk: Buffer) => {
    const due = Math.max(waiting.at(-1)?.due ?? 0, performance.now() + (plan.delay?.() ?? 0));
    waiting.push({ chunk, due });
    bytes += chunk.byteLength;
    if (bytes > most) far.pause();
    wake();
  });
  far.once('end', end).once('close', end);
  gone.addEventListener('abort', end, { once: true });
  while (true) {
    const next = waiting.shift();
    if (next) {
      yield next;
      bytes -= next.chunk.byteLength;
      if (bytes <= most) far.resume();
    } else if (over) return;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
}
