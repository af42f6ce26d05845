import { deadlines } from '../model/deadlines.ts';

/** How a target logs, learnt once from its first control. */
export interface LogHabit {
  /** A line about each request carries its path, so that a later request's line proves the earlier lines came. */
  readonly marks: boolean;
  /** Milliseconds from the control's answer to its line. */
  readonly latency: number;
}

/** Watches a target's lines as they come. */
export interface LogWatch {
  line(text: string): void;
  /** Resolves to true when a line with this text has come since `forget`, or to false when the time is over. */
  seen(text: string, within: number, signal: AbortSignal): Promise<boolean>;
  /** Resolves when no line has come for so long, or when the time is over. */
  quiet(length: number, within: number, signal: AbortSignal): Promise<void>;
  /** Drops the lines so far. */
  forget(): void;
}

export function watchLogs(now: () => number): LogWatch {
  let lines: string[] = [];
  let last = now();
  const waiting = new Set<(text: string) => void>();

  return {
    line(text) {
      lines.push(text);
      last = now();
      for (const wake of [...waiting]) wake(text);
    },
    forget() {
      lines = [];
    },
    async seen(text, within, signal) {
      if (lines.some((line) => line.includes(text))) return true;
      if (signal.aborted) return false;
      return await new Promise<boolean>((resolve) => {
        const finish = (result: boolean) => {
          clearTimeout(timer);
          waiting.delete(wake);
          signal.removeEventListener('abort', giveUp);
          resolve(result);
        };
        const wake = (line: string) => line.includes(text) && finish(true);
        const giveUp = () => finish(false);
        const timer = setTimeout(giveUp, within);
        waiting.add(wake);
        signal.addEventListener('abort', giveUp);
      });
    },
    async quiet(length, within, signal) {
      const end = now() + within;
      const begun = now();
      for (;;) {
        const since = now() - Math.max(last, begun);
        if (since >= length || now() >= end || signal.aborted) return;
        await new Promise((resolve) => setTimeout(resolve, Math.min(length - since, end - now())));
      }
    },
  };
}

/**
 * Learns a target's habit from a control that has just been answered.
 * @param control its correlation
 */
export async function learnHabit(
  watch: LogWatch,
  control: string,
  now: () => number,
  signal: AbortSignal,
): Promise<LogHabit> {
  const answered = now();
  const marks = await watch.seen(control, deadlines.logProbe, signal);
  return { marks, latency: now() - answered };
}

/**
 * Waits until the lines about everything before the control `marker` (a correlation) have come.
 * @returns why that is in doubt, if it is
 */
export async function drainLogs(
  watch: LogWatch,
  habit: LogHabit,
  marker: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!habit.marks || marker === undefined) {
    // No request's line to wait for: the target is silent about requests, or died.
    await watch.quiet(deadlines.quiet, deadlines.drain, signal);
    return undefined;
  }
  const bound = Math.max(deadlines.drain, 4 * habit.latency);
  if (!(await watch.seen(marker, bound, signal))) {
    return `the log line of the control did not come within ${bound} ms, so lines may belong to another scenario`;
  }
  // The lines of another stream that were written before the marker are in their pipe already: let them be read.
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  return undefined;
}
