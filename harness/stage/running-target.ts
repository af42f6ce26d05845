import { FailwellError } from '../model/error.ts';
import type { Occurrence } from '../model/history.ts';
import type { GatewayWiring, Instance, Target } from '../model/target.ts';

/** A target's life in a stage: started once, watched until it exits, stopped with the stage. */
export interface RunningTarget extends AsyncDisposable {
  /** Where it serves, once it does. */
  readonly url: string | undefined;
  readonly alive: boolean;
  /** Why it does not run, in a few words. */
  readonly downBecause: string;
  start(wiring: GatewayWiring, signal: AbortSignal): Promise<void>;
}

/** @param record takes the target's starts, exits and log lines */
export function runningTarget(target: Target, record: (occurrence: Occurrence) => void): RunningTarget {
  let instance: Instance | undefined;
  let down: string | undefined = 'the target has not started';
  return {
    get url() {
      return instance?.url;
    },
    get alive() {
      return down === undefined;
    },
    get downBecause() {
      return down ?? '';
    },
    async start(wiring, signal) {
      record({ kind: 'target', event: 'started', detail: target.driver.kind });
      try {
        instance = await target.driver.start(wiring, {
          signal,
          log: (stream, line) => record({ kind: 'log', stream, line }),
        });
        mustBeLoopback(instance.url, target.id);
      } catch (error) {
        down = error instanceof Error ? error.message : String(error);
        record({ kind: 'target', event: 'not-ready', detail: down });
        throw error;
      }
      down = undefined;
      record({ kind: 'target', event: 'ready', detail: instance.url });
      void instance.exited.then((words) => {
        down = words;
        record({ kind: 'target', event: 'exited', detail: words });
      });
    },
    async [Symbol.asyncDispose]() {
      await instance?.stop();
    },
  };
}

function mustBeLoopback(url: string, id: string): void {
  const { hostname } = new URL(url);
  if (['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return;
  throw new FailwellError(
    'config',
    `${id} serves on ${hostname}, which is not this machine: a gateway that Failwell starts must listen on loopback.`,
  );
}
