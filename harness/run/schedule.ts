import { availableParallelism } from 'node:os';
import type { Target } from '../model/target.ts';
import type { Pair } from './plan.ts';
import { needsBrowser } from './turns.ts';

/** Which of the pool's workers serves which target. */
export interface Schedule {
  /**
   * The target that a free worker should serve, with what is left to do for it; it serves it until `leave`. Resolves when
   * there is one for which another instance pays, and to undefined when nothing is left to do.
   */
  join(): Promise<{ readonly target: Target; readonly queue: Pair[] } | undefined>;
  leave(target: Target): void;
  /** One scenario took so long, all in all; of that an instance's start, where it was a session's first. */
  took(target: Target, milliseconds: number, start?: number): void;
}

interface Lane {
  readonly target: Target;
  readonly queue: Pair[];
  workers: number;
  /** What the last start took. */
  start?: number;
  /** What scenarios took that were not the first ones of a session. */
  spent: number;
  done: number;
}

/**
 * @param signal ends it: nobody joins any more
 * @param processors default: as many as there are
 */
export function schedule(
  queues: ReadonlyMap<Target, Pair[]>,
  signal: AbortSignal,
  processors = availableParallelism(),
): Schedule {
  const lanes = [...queues].map(([target, queue]): Lane => ({ target, queue, workers: 0, spent: 0, done: 0 }));
  const of = (target: Target) => lanes.find((lane) => lane.target === target)!;
  let changed = Promise.withResolvers<void>();
  const tell = () => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  signal.addEventListener('abort', tell, { once: true });
  return {
    async join() {
      for (;;) {
        const waiting = lanes.filter(({ queue }) => queue.length > 0);
        if (waiting.length === 0 || signal.aborted) return undefined;
        const busy = lanes.filter(({ target }) => laborious(target)).reduce((sum, { workers }) => sum + workers, 0);
        const fits = ({ target }: Lane) => busy < processors || !laborious(target);
        const lane = waiting.filter((one) => fits(one) && pays(one)).toSorted((a, b) => load(b) - load(a))[0];
        if (lane !== undefined) {
          lane.workers += 1;
          return lane;
        }
        await changed.promise;
      }
    },
    leave(target) {
      of(target).workers -= 1;
      tell();
    },
    took(target, milliseconds, start) {
      const lane = of(target);
      if (start !== undefined) lane.start = start;
      else {
        lane.spent += milliseconds;
        lane.done += 1;
      }
      tell();
    },
  };
}

/** What is not waited for but computed here: a browser, and a server that takes long to start. More at once end no sooner. */
const laborious = (target: Target) => needsBrowser(target) || target.driver.startsWithin !== undefined;

const load = ({ queue, workers }: Lane) => queue.length / (1 + workers);

/**
 * Whether one more instance ends sooner than it costs: it starts while the others work, and all of them compete for one
 * machine. Nobody knows before the first start what one costs; where it may be much, that is waited for.
 */
function pays({ target, queue, workers, start, spent, done }: Lane): boolean {
  if (workers === 0) return true;
  if (start === undefined || done === 0) return target.driver.startsWithin === undefined;
  return (queue.length * spent) / done > 2 * start * workers;
}
