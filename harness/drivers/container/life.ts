import { constants } from 'node:os';
import type { DriverIo } from '../../model/target.ts';
import { type Container, engineGone, isGone } from './engine.ts';
import { followOutput } from './logs.ts';

/** One run of a container's program, from its start to its end. */
export interface Life {
  /** Resolves with a few words when the program has ended and all that it printed was handed over. */
  readonly exited: Promise<string>;
  /** The same, as soon as it is known. */
  readonly words: string | undefined;
  /** Follows it no further, once the container is gone. */
  drop(): void;
}

/** How a life ended of whose end nothing is known. */
export const lostWithEngine = 'lost with its engine';

/**
 * Follows a container from before its start to its end.
 * @param io told when the engine is lost: of what the program does then nothing is known
 */
export async function follow(container: Container, io: Pick<DriverIo, 'log' | 'lost'>): Promise<Life> {
  const output = await followOutput(container, io.log);
  let words: string | undefined;
  const exited = (async () => {
    await output.ended;
    words = await howItEnded(container, io);
    return words;
  })();
  return {
    exited,
    drop: output.drop,
    get words() {
      return words;
    },
  };
}

async function howItEnded(container: Container, io: Pick<DriverIo, 'lost'>): Promise<string> {
  try {
    const { StatusCode } = (await container.wait()) as { StatusCode: number };
    const { State } = await container.inspect();
    if (State.OOMKilled) return 'killed for lack of memory';
    const signal = Object.entries(constants.signals).find(([, number]) => number === StatusCode - 128)?.[0];
    return signal === undefined ? `exited with code ${StatusCode}` : `killed by ${signal}`;
  } catch (error) {
    if (!isGone(error)) return 'removed';
    io.lost?.(engineGone);
    return lostWithEngine;
  }
}
