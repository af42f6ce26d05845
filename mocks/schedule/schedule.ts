import type { Random, Schedule } from '../../harness/model/fault.ts';
import { milliseconds } from '../../harness/model/time.ts';

/** Says on each occasion whether a placed fault acts. */
export type Gate = () => boolean;

/**
 * @param elapsed monotonic milliseconds
 */
export function gateOf(schedule: Schedule, random: Random, elapsed: () => number): Gate {
  switch (schedule.when) {
    case 'always':
      return () => true;
    case 'first': {
      let left = schedule.count;
      return () => left-- > 0;
    }
    case 'every': {
      let occasion = 0;
      return () => ++occasion % schedule.nth === 0;
    }
    case 'between': {
      const placed = elapsed();
      const from = milliseconds(schedule.from ?? '0ms');
      const to = schedule.to === undefined ? Number.POSITIVE_INFINITY : milliseconds(schedule.to);
      return () => elapsed() - placed >= from && elapsed() - placed < to;
    }
    case 'chance':
      return () => random.next() < schedule.probability;
  }
}
