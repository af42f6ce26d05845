import { oracle } from './oracle.ts';
import { exchangesWhileBroken, judgedStep } from './reading.ts';

/** No connection of the stimulus's doing, begun while the faults stood, arrived at `party`, not even one that failed. */
export function neverReaches(party: string) {
  return oracle(
    `neverReaches(${party})`,
    (history) => {
      const reached = exchangesWhileBroken(history, party);
      const expected = `nothing reaches the ${party}`;
      if (reached.length > 0) {
        const paths = reached.map(({ exchange }) =>
          `${exchange.request?.method ?? 'a connection'} ${exchange.request?.path ?? ''}`.trim(),
        );
        return {
          holds: 'no',
          observed: `the ${party} saw ${paths.join(', ')}`,
          expected,
          evidence: reached.map(({ seq }) => seq),
        };
      }
      const step = judgedStep(history);
      return {
        holds: step === undefined ? 'unknown' : 'yes',
        observed: step === undefined ? 'the stimulus never ended' : `the ${party} saw nothing`,
        expected,
        evidence: step === undefined ? [] : [step.seq],
      };
    },
    { good: `the ${party} sees nothing of the request`, bad: `the ${party} sees GET /items/42` },
  );
}
