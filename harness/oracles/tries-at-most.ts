import { oracle } from './oracle.ts';
import { exchangesTo, judgedStep } from './reading.ts';

/** At most `most` requests or connections arrived at `party` while the stimulus ran. */
export function triesAtMost(most: number, party: string) {
  return oracle(
    `triesAtMost(${most}, ${party})`,
    (history) => {
      // What comes after that may be a control's doing.
      const over = history.find(
        (entry) => entry.kind === 'fault-cleared' || (entry.kind === 'step-begun' && entry.phase === 'control-after'),
      );
      const tries = exchangesTo(history, party).filter(({ seq }) => seq < (over?.seq ?? history.length));
      return {
        holds: tries.length > most ? 'no' : judgedStep(history) === undefined ? 'unknown' : 'yes',
        observed: `${tries.length} tries at the ${party}`,
        expected: `at most ${most}`,
        evidence: tries.slice(0, 20).map(({ seq }) => seq),
      };
    },
    {
      good: `two requests to the ${party}, the second after a pause`,
      bad: `hundreds of requests to the ${party} in a second`,
    },
  );
}
