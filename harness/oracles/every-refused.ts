import type { History } from '../model/history.ts';
import type { Oracle } from '../model/scenario.ts';
import { oracle, type PairableOracle } from './oracle.ts';
import { parts } from './reading.ts';

/** Asks it of every refused part of a parallel step, as if that part were the judged step. */
export function everyRefused(inner: Oracle): PairableOracle {
  return oracle(
    `everyRefused(${inner.id})`,
    (history, declared) => {
      const refused = parts(history).filter(({ outcome }) => outcome === 'refused');
      const findings = refused.map(({ step }) => inner.judge(alone(step, history), declared));
      const worst = findings.find(({ holds }) => holds === 'no') ?? findings.find(({ holds }) => holds === 'unknown');
      const evidence = findings.flatMap((finding) => finding.evidence);
      const first = worst ?? findings[0];
      if (first !== undefined) return { ...first, evidence };
      return { holds: 'unknown', observed: 'none was refused', expected: `${inner.id} of every refused one`, evidence };
    },
    inner.looks,
  );
}

/** The history in which this part is all that was done. */
function alone(part: string, history: History): History {
  return history.flatMap((entry): History => {
    if (entry.kind !== 'step' || entry.phase !== 'stimulus') return [entry];
    const { actor: _, ...step } = entry;
    return entry.step === part ? [step] : [];
  });
}
