import type { DeclaredTime } from '../model/step.ts';
import { type Duration, milliseconds } from '../model/time.ts';
import { oracle } from './oracle.ts';
import { entries } from './reading.ts';

/**
 * What was measured stays within what the target declares, with a second's grace; without a declaration within this, or
 * else it is only measured.
 */
export function staysWithin(what: string, declaredTime: DeclaredTime, otherwise?: Duration) {
  return oracle(
    `staysWithin(${what}, ${declaredTime})`,
    (history, declared) => {
      const measured = entries(history, 'measure').find((entry) => entry.what === what);
      const declaration = declared[declaredTime]?.value;
      const value = declaration ?? otherwise;
      const expected =
        value === undefined
          ? `${what} is measured (no ${declaredTime} is declared)`
          : `${what} within ${declaration === undefined ? '' : 'the declared '}${value}`;
      if (measured === undefined)
        return { holds: 'unknown', observed: `${what} was not measured`, expected, evidence: [] };
      return {
        holds: value === undefined || measured.milliseconds <= milliseconds(value) + 1_000 ? 'yes' : 'no',
        observed: `${what} ${measured.over === true ? 'over ' : ''}${(measured.milliseconds / 1000).toFixed(1)} s`,
        expected,
        evidence: [measured.seq],
      };
    },
    {
      good: `${what} is no longer than the declared ${declaredTime}`,
      bad: `${what} goes on after the declared ${declaredTime} is over`,
    },
  );
}
