import { setTimeout as after } from 'node:timers/promises';
import { responds } from '../drivers/probe.ts';
import { FailwellError } from '../model/error.ts';
import type { Interrupt, StepOutcome } from '../model/step.ts';
import type { RunningTarget } from './running-target.ts';

/** Milliseconds for which it is away: longer than what asks in a loop waits between two tries. */
const moment = 1_500;

interface Came {
  readonly outcome: StepOutcome;
  readonly detail: string;
}

/**
 * Interrupts the target's life and lets it go on. Accepted means that it was really away: whether it is all right again, the
 * next step shows.
 */
export async function interrupted(how: Interrupt['how'], running: RunningTarget, signal: AbortSignal): Promise<Came> {
  const { instance } = running;
  const able = { freeze: instance?.pause, kill: instance?.kill, 'cut-off': instance?.disconnect }[how];
  if (instance === undefined || able === undefined)
    throw new FailwellError(
      'usage',
      `The target's driver cannot do '${how}': scenarios that need it say so in 'needs'.`,
    );
  if (how === 'kill') {
    await instance.kill?.();
    const silent = await answersNothing(instance.url, signal);
    const trouble = await running.restart();
    if (!silent) return { outcome: 'refused', detail: 'somebody answered in its place' };
    return { outcome: 'accepted', detail: trouble === undefined ? 'ended, and ready again' : `ended; ${trouble}` };
  }
  await (how === 'freeze' ? instance.pause?.() : instance.disconnect?.());
  try {
    const [silent] = await Promise.all([
      answersNothing(instance.url, signal),
      after(moment, undefined, { signal }).catch(() => undefined),
    ]);
    if (!silent) return { outcome: 'refused', detail: 'it answered all the same' };
  } finally {
    await (how === 'freeze' ? instance.unpause?.() : instance.reconnect?.());
  }
  return { outcome: 'accepted', detail: how === 'freeze' ? 'frozen, and let go on' : 'cut off, and connected again' };
}

/** Whether nothing comes back from where it serves; a target that serves nowhere says nothing anyway. */
async function answersNothing(url: string, outer: AbortSignal): Promise<boolean> {
  if (url === '') return true;
  return !(await responds(url, AbortSignal.any([outer, AbortSignal.timeout(moment / 2)])));
}
