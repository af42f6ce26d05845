/** A time within which something must be done. */
export interface TimeLimit extends Disposable {
  /** Aborted when the time is over, or when the surrounding work is. */
  readonly signal: AbortSignal;
  /** The time was over first. */
  readonly ranOut: boolean;
}

/**
 * Starts the clock; dispose of the limit to stop it. (`AbortSignal.timeout` cannot be stopped: its timer and its error
 * would outlive each of thousands of calls.)
 */
export function timeLimit(milliseconds: number, outer: AbortSignal): TimeLimit {
  const controller = new AbortController();
  let ranOut = false;
  const giveUp = () => controller.abort(outer.reason);
  const timer = setTimeout(() => {
    ranOut = !controller.signal.aborted;
    controller.abort();
  }, milliseconds);
  if (outer.aborted) giveUp();
  else outer.addEventListener('abort', giveUp, { once: true });
  return {
    signal: controller.signal,
    get ranOut() {
      return ranOut;
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      outer.removeEventListener('abort', giveUp);
    },
  };
}
