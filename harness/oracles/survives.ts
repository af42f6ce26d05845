import { oracle } from './oracle.ts';
import { entries, judgedStep } from './reading.ts';

/** The target started and did not exit. */
export function survives() {
  return oracle(
    'survives()',
    (history) => {
      const expected = 'the target keeps running';
      const exit = entries(history, 'target').find(({ event }) => event === 'exited' || event === 'not-ready');
      if (exit !== undefined)
        return { holds: 'no', observed: `the target ${exit.detail}`, expected, evidence: [exit.seq] };
      const step = judgedStep(history);
      if (step === undefined) return { holds: 'unknown', observed: 'the stimulus never ended', expected, evidence: [] };
      return { holds: 'yes', observed: 'still running', expected, evidence: [] };
    },
    {
      good: 'the next valid request is served',
      bad: 'TypeError: Cannot read properties of undefined; the process exited with code 1',
    },
  );
}
