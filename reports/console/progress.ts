import { stripVTControlCharacters } from 'node:util';
import type { RunEvent } from '../../harness/model/event.ts';
import { cut, elapsed, oneLine } from '../text.ts';

interface Progress {
  on(event: RunEvent): void;
  /** Takes the live line away; nothing is written after this. */
  stop(): void;
}

interface ProgressOptions {
  readonly write: (text: string) => void;
  readonly live: boolean;
  readonly width: number;
  /** Milliseconds on any steady clock. */
  readonly now: () => number;
}

/** The line of a live terminal is drawn again at most this often. Milliseconds. */
const redraw = 100;

/**
 * How far the run is: one line that redraws itself on a live terminal, else a plain line for every tenth of the
 * run (at least 20 verdicts apart). What does not apply counts for nothing.
 */
export function progress({ write, live, width, now }: ProgressOptions): Progress {
  let began = now();
  let drawn = Number.NEGATIVE_INFINITY;
  let planned = 0;
  let done = 0;
  let failed = 0;
  let every = 20;
  let current = '';
  let timer: NodeJS.Timeout | undefined;

  const state = () => {
    const counts = `${done}/${planned} verdicts`;
    return [counts, `${failed} failed`, elapsed(now() - began)].join(' · ');
  };
  const draw = () => {
    drawn = now();
    write(`\r\x1b[2K${cut(stripVTControlCharacters(`  ${state()} · ${current}`), width - 1)}`);
  };
  return {
    on(event) {
      if (event.type === 'run-started') {
        began = now();
        planned = event.planned;
        every = Math.max(20, Math.ceil(planned / 10));
        // The elapsed time goes on while a scenario waits; the timer must not keep the process alive.
        if (live) timer = setInterval(draw, 500).unref();
      } else if (event.type === 'scenario-started') current = oneLine(`${event.target} ${event.scenario}`);
      else if (event.type === 'scenario-finished') {
        if (event.verdict.value === 'not-applicable') planned -= 1;
        else {
          done += 1;
          if (event.verdict.value === 'fail') failed += 1;
          if (!live && done % every === 0 && done < planned) write(`  ${state()}\n`);
        }
      } else if (event.type === 'harness-error') {
        const where = [event.target, event.scenario].filter((part) => part !== undefined).join(' ');
        const line = oneLine(`harness error${where === '' ? '' : ` at ${where}`}: ${event.message}`, 400);
        write(live ? `\r\x1b[2K  ${line}\n` : `  ${line}\n`);
      }
      if (live && now() - drawn >= redraw) draw();
    },
    stop() {
      clearInterval(timer);
      if (live && drawn > Number.NEGATIVE_INFINITY) write('\r\x1b[2K');
      drawn = Number.NEGATIVE_INFINITY;
    },
  };
}
