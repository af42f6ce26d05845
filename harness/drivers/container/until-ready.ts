import { setTimeout as after } from 'node:timers/promises';
import { FailwellError } from '../../model/error.ts';
import { noEngineAnyMore } from './engine.ts';
import { type Life, lostWithEngine } from './life.ts';
import type { Printed } from './printed.ts';
import { isReady, type Ready, wanted } from './ready.ts';

/** Milliseconds between two looks. */
const interval = 20;

/**
 * Waits until a container is ready. Rejects with a `FailwellError` (`target-not-ready`) when its program ends first, or
 * the signal comes.
 */
export async function untilReady(options: {
  readonly image: string;
  readonly life: Life;
  readonly ready: Ready;
  readonly port: number;
  readonly printed: Printed;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { image, life, ready, port, printed, signal } = options;
  const began = performance.now();
  const notReady = (what: string, advice: string) =>
    new FailwellError('target-not-ready', `The container of ${image} ${what}; ${printed.told()}. ${advice}`, {
      cause: signal.reason,
    });
  for (;;) {
    const looked = await isReady(ready, '127.0.0.1', port, printed.lines, signal);
    if (life.words === lostWithEngine) throw noEngineAnyMore();
    if (life.words !== undefined) {
      const ended = life.words.replace(/^(?=killed|removed)/, 'was ');
      throw notReady(`${ended} before it could ${wanted(ready)}`, 'Correct its command or its files.');
    }
    if (looked) return;
    if (signal.aborted) {
      const waited = `${Math.round(performance.now() - began)} ms`;
      throw notReady(`did not ${wanted(ready)} within ${waited}`, 'Correct its files, or how it is known to be ready.');
    }
    await Promise.race([life.exited, printed.next(), after(interval, undefined, { signal }).catch(() => {})]);
  }
}
