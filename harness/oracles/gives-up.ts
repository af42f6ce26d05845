import { milliseconds } from '../model/time.ts';
import { oracle } from './oracle.ts';
import { entries } from './reading.ts';

/**
 * The target gave up waiting for what never answered: within its deadline where it declares one, else at some time while
 * anybody waited. An answer that comes of itself is for other oracles to judge.
 */
export function givesUp() {
  return oracle(
    'givesUp()',
    (history, declared) => {
      const measured = entries(history, 'measure').find(({ what }) => what === 'give-up');
      const deadline = declared.deadline?.value;
      // Its own work comes on top of the deadline of what it asks, and it may try twice.
      const bound = deadline === undefined ? Number.POSITIVE_INFINITY : 2 * milliseconds(deadline) + 1_000;
      const expected =
        deadline === undefined ? 'it gives up' : `it gives up within ${bound} ms, declaring a deadline of ${deadline}`;
      if (measured === undefined)
        return { holds: 'unknown', observed: 'nothing shows when it gave up', expected, evidence: [] };
      const took = `${(measured.milliseconds / 1_000).toFixed(1)} s`;
      return {
        holds: measured.over !== true && measured.milliseconds <= bound ? 'yes' : 'no',
        observed: measured.over === true ? `it still waited after ${took}` : `it gave up after ${took}`,
        expected,
        evidence: [measured.seq],
      };
    },
    {
      good: '504 after the two seconds that its configuration says',
      bad: 'no answer for as long as the IdP is silent',
    },
  );
}
