import { setTimeout as pause } from 'node:timers/promises';
import type { WaitOut } from '../../model/step.ts';
import type { Target } from '../../model/target.ts';
import { milliseconds } from '../../model/time.ts';
import { lifetimes } from './describe.ts';
import type { Came } from './outcome.ts';

/** Milliseconds: nobody waits longer for real; what is added so that it is over by any rounding. */
const [patience, margin] = [30_000, 1_500];

/**
 * Lets the target's declared lifetime and leeway pass: on its own clock where it has one that can be moved, else on everybody's.
 * @param moveClock moves it by so many milliseconds
 */
export async function waitOut(
  { lifetime, time: told }: WaitOut,
  target: Target,
  moveClock: ((by: number) => Promise<void>) | undefined,
  signal: AbortSignal,
): Promise<Came> {
  const what = lifetime === undefined ? 'wait' : lifetimes[lifetime];
  const value = told ?? (lifetime && target.declares[lifetime]?.value);
  if (value === undefined) return { outcome: 'indeterminate', detail: `how long a ${what} lives is not declared` };
  const leeway = told === undefined ? (target.declares.leeway?.value ?? '0s') : '0s';
  const time = milliseconds(value) + milliseconds(leeway) + margin;
  if (moveClock !== undefined) await moveClock(time);
  else if (time > patience)
    return { outcome: 'indeterminate', detail: `a ${what} lives for ${value}, and nobody waits so long` };
  else await pause(time, undefined, { signal }).catch(() => undefined);
  return { outcome: 'accepted', detail: `${value} are over` };
}
