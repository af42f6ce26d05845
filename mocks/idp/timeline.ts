import type { Random, TimelineEvent } from '../../harness/model/fault.ts';
import { milliseconds } from '../../harness/model/time.ts';
import type { FaultBoard } from './faults.ts';
import type { Keyring } from './tokens/keyring.ts';

/** What is to happen at an IdP in the course of time. */
export interface Timelines {
  /** From now on these events happen, each at its time. The result calls off those that have not happened yet. */
  play(events: readonly TimelineEvent[], happen: Happen): () => void;
  /** Lets everything happen whose time has come; `undefined` when there is nothing. */
  catchUp(): Promise<void> | undefined;
}

type Happen = (event: TimelineEvent) => void | Promise<void>;

interface Due {
  readonly at: number;
  readonly event: TimelineEvent;
  readonly happen: Happen;
}

/**
 * No timer runs: what is due happens before the next request is answered, in order, so that nobody can see an IdP
 * that is late.
 * @param elapsed monotonic milliseconds
 */
export function createTimelines(elapsed: () => number): Timelines {
  let waiting: readonly Due[] = [];
  let working: Promise<void> | undefined;

  async function work(): Promise<void> {
    for (let next = waiting[0]; next && next.at <= elapsed(); next = waiting[0]) {
      waiting = waiting.slice(1);
      await next.happen(next.event);
    }
  }

  return {
    play(events, happen) {
      const begun = elapsed();
      const mine = events.map((event) => ({ at: begun + milliseconds(event.at), event, happen }));
      waiting = [...waiting, ...mine].toSorted((a, b) => a.at - b.at);
      return () => {
        waiting = waiting.filter((due) => !mine.includes(due));
      };
    },
    catchUp() {
      if (working) return working;
      const next = waiting[0];
      if (!next || next.at > elapsed()) return undefined;
      working = work().finally(() => {
        working = undefined;
      });
      return working;
    },
  };
}

/** Lets one event happen. `placed` holds what clears each fault that the timeline has placed, and the fault's id. */
export async function happen(
  event: TimelineEvent,
  {
    keyring,
    board,
    placed,
    random,
  }: {
    readonly keyring: Keyring;
    readonly board: FaultBoard;
    readonly placed: Map<() => void, string>;
    readonly random: Random;
  },
): Promise<void> {
  switch (event.do) {
    case 'place':
      placed.set(board.place(event.placed, random), event.placed.fault.id);
      return;
    case 'clear':
      for (const [clear, id] of placed) if (id === event.fault && placed.delete(clear)) clear();
      return;
    case 'rotate-keys':
      return keyring.rotate({ withdraw: false });
    case 'drop-old-keys':
      keyring.dropOld();
  }
}
