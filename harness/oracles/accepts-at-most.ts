import { oracle } from './oracle.ts';
import { parts } from './reading.ts';

/** Of the parts of a parallel step at most `most` were accepted: the rest came too late (a code is used once). */
export function acceptsAtMost(most: number) {
  return oracle(
    `acceptsAtMost(${most})`,
    (history) => {
      const all = parts(history);
      const accepted = all.filter(({ outcome }) => outcome === 'accepted');
      // A part that came to nothing may have been accepted all the same.
      const open = all.length === 0 || all.some(({ outcome }) => outcome === 'indeterminate');
      return {
        holds: accepted.length > most ? 'no' : open ? 'unknown' : 'yes',
        observed: `${accepted.length} of ${all.length} were accepted`,
        expected: `at most ${most}`,
        evidence: accepted.map(({ seq }) => seq),
      };
    },
    { good: 'the first of two gets its answer, the second invalid_grant', bad: 'both get an answer' },
  );
}
