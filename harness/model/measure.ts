import type { Occurrence } from './history.ts';
import type { DeclaredTime } from './step.ts';
import type { Declarations } from './target.ts';
import { milliseconds } from './time.ts';

/**
 * A time that was measured on a target, as a history has it: beside what the target declares for it.
 * @param time milliseconds, and whether it was not yet at its end when nobody waited any longer
 */
export function measured(
  what: string,
  time: { readonly milliseconds: number; readonly over?: boolean },
  declares: Declarations,
  declared: DeclaredTime,
): Occurrence {
  const value = declares[declared]?.value;
  return {
    kind: 'measure',
    what,
    milliseconds: time.milliseconds,
    ...(value !== undefined && { declared: milliseconds(value) }),
    ...(time.over === true && { over: true }),
  };
}
