import { deadlines } from '../model/deadlines.ts';
import { FailwellError } from '../model/error.ts';
import type { Occurrence } from '../model/history.ts';
import type { DriverIo, Instance, Target, Wiring } from '../model/target.ts';

/** A target's life in a stage: started once, watched until it exits, stopped with the stage. */
export interface RunningTarget extends AsyncDisposable {
  /** Where it serves, once it does. */
  readonly url: string | undefined;
  readonly alive: boolean;
  /** Why it does not run, in a few words. */
  readonly downBecause: string;
  /** Why nothing can be said of it any more: what ran it is gone. */
  readonly lost: FailwellError | undefined;
  start(wiring: Wiring, signal: AbortSignal): Promise<Instance>;
  /** What runs, with all that its driver can do to it. */
  readonly instance: Instance | undefined;
  /** Ends it and starts it again as it was. Resolves to why it did not become ready, in a few words, or to nothing. */
  restart(): Promise<string | undefined>;
}

/**
 * @param hosts where it may serve
 * @param record takes the target's starts, exits and log lines
 */
export function runningTarget(
  target: Target,
  hosts: readonly string[],
  record: (occurrence: Occurrence) => void,
): RunningTarget {
  let instance: Instance | undefined;
  let down: string | undefined = 'the target has not started';
  let lost: FailwellError | undefined;
  const lose = (why: string) => {
    const sentence = `${target.id} was lost half way, since ${why}: mend that and run it again.`;
    lost ??= new FailwellError('target-not-ready', sentence);
  };
  /** From now on this is what runs. */
  const follow = (next: Instance) => {
    instance = next;
    down = undefined;
    const { url, about } = next;
    record({ kind: 'target', event: 'ready', detail: about === undefined ? url : `${url}, ${about}` });
    void next.exited.then((words) => {
      if (instance === next) down = words;
      record({ kind: 'target', event: 'exited', detail: words });
    });
  };
  const notReady = (error: unknown) => {
    down = error instanceof Error ? error.message : String(error);
    record({ kind: 'target', event: 'not-ready', detail: down });
    return down;
  };
  return {
    get instance() {
      return instance;
    },
    get url() {
      return instance?.url;
    },
    get alive() {
      return down === undefined;
    },
    get downBecause() {
      return down ?? '';
    },
    get lost() {
      return lost;
    },
    async start(wiring, signal) {
      record({ kind: 'target', event: 'started', detail: target.driver.kind });
      let started: Instance;
      try {
        started = await startWithin(target, wiring, signal, {
          log: (stream, line, party) => record({ kind: 'log', stream, line, ...(party !== undefined && { party }) }),
          lost: lose,
        });
        instance = started;
        mustServeOn(hosts, started.url, target.id);
      } catch (error) {
        notReady(error);
        throw error;
      }
      follow(started);
      return started;
    },
    async restart() {
      const ended = instance;
      if (ended?.restart === undefined)
        throw new FailwellError('usage', `${target.id} cannot be started again: let its driver have 'restart'.`);
      record({ kind: 'target', event: 'started', detail: `${target.driver.kind}, again` });
      try {
        follow(await ended.restart());
        return undefined;
      } catch (error) {
        return notReady(error);
      }
    },
    async [Symbol.asyncDispose]() {
      await instance?.stop();
    },
  };
}

/** Starts the target, or gives up: a driver that does not heed its signal must not hold up the run. */
async function startWithin(
  target: Target,
  wiring: Wiring,
  outer: AbortSignal,
  io: Pick<DriverIo, 'log' | 'lost'>,
): Promise<Instance> {
  const within = Math.max(target.driver.startsWithin ?? 0, deadlines.start);
  const signal = AbortSignal.any([outer, AbortSignal.timeout(within)]);
  const starting = (async () => await target.driver.start(wiring, { signal, ...io }))();
  const given = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  // The driver's own words are better, so it is given a moment to find them.
  const giveUp = () => {
    const sentence = `${target.id} did not become ready within ${within / 1000} s: make its driver's start resolve once it serves.`;
    timer = setTimeout(() => given.reject(new FailwellError('target-not-ready', sentence)), deadlines.stop);
  };
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([starting, given.promise]);
  } catch (error) {
    // One that starts after all is stopped.
    starting.then((late) => late.stop()).catch(() => undefined);
    if (error instanceof FailwellError) throw error;
    const because = error instanceof Error ? error.message : String(error);
    throw new FailwellError('target-not-ready', `${target.id} did not start: ${because}; mend it, or its driver.`, {
      cause: error,
    });
  } finally {
    signal.removeEventListener('abort', giveUp);
    clearTimeout(timer);
  }
}

function mustServeOn(hosts: readonly string[], url: string, id: string): void {
  if (url === '') return;
  const { hostname } = new URL(url);
  if (hosts.includes(hostname)) return;
  throw new FailwellError(
    'config',
    `${id} serves on ${hostname}, which is not this machine: let it listen on loopback, or name the host under 'hosts' in failwell.config.ts.`,
  );
}
