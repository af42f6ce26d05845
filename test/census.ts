import { getEventListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/** What is open in this process, by kind, and how many listen to what outlives all that is opened and closed. */
export function census(lasting: AbortSignal) {
  const open: { [kind: string]: number } = {};
  for (const kind of process.getActiveResourcesInfo()) open[kind] = (open[kind] ?? 0) + 1;
  // Whoever asks again and again waits by one.
  const { Timeout: timers = 0, ...sockets } = open;
  const heard = process.eventNames().map((name) => [String(name), process.listenerCount(name)]);
  return {
    sockets,
    timers: Math.max(1, timers),
    process: Object.fromEntries(heard),
    signal: getEventListeners(lasting, 'abort').length,
  };
}

/** What it is once nothing of what is being closed is left: the same for a while. */
export async function settled<T>(look: () => T): Promise<T> {
  let last = look();
  for (let same = 0; same < 10; ) {
    await pause(20);
    const now = look();
    same = isDeepStrictEqual(now, last) ? same + 1 : 0;
    last = now;
  }
  return last;
}
