import { oracle } from './oracle.ts';
import { judgedPage, judgedSaying, judgedStep } from './reading.ts';

/**
 * Nobody is logged in as this user, who is not the one that logged in: neither the client's answer nor its page says so.
 * What a client does with them out of sight, the history does not tell.
 */
export function takesNobodyFor(sub: string) {
  return oracle(
    `takesNobodyFor(${sub})`,
    (history) => {
      const step = judgedStep(history);
      const expected = `nobody is logged in as ${sub}`;
      if (step === undefined) return { holds: 'unknown', observed: 'the stimulus never ended', expected, evidence: [] };
      const [page, told] = [judgedPage(history), judgedSaying(history)];
      const shown = [step.detail, page?.text ?? '', told?.text ?? ''].some((text) => text.includes(sub));
      const taken = step.outcome === 'accepted' && shown;
      return {
        holds: taken ? 'no' : step.outcome === 'indeterminate' ? 'unknown' : 'yes',
        observed: taken ? `accepted as ${sub}: ${step.detail}` : `${step.outcome}: ${step.detail}`,
        expected,
        evidence: [step.seq],
      };
    },
    { good: 'an error, or the user of the ID token', bad: `Hello, ${sub}` },
  );
}
