import type { DeclaredTime } from '../model/step.ts';
import { type Duration, milliseconds } from '../model/time.ts';
import { oracle } from './oracle.ts';
import { entries, exchangesTo, judgedStep } from './reading.ts';

/** The target did not exit. */
export function survives() {
  return oracle('survives()', (history) => {
    const exit = entries(history, 'target').find(({ event }) => event === 'exited');
    return {
      holds: exit === undefined ? 'yes' : 'no',
      observed: exit === undefined ? 'still running' : `the target ${exit.detail}`,
      expected: 'the target keeps running',
      evidence: exit === undefined ? [] : [exit.seq],
    };
  });
}

/** The judged step was answered within the deadline that the target declares, or else within this one. */
export function answersWithin(otherwise: Duration) {
  return oracle(`answersWithin(${otherwise})`, (history, declared) => {
    const step = judgedStep(history);
    // A gateway adds its own work to the deadline of the fetch behind it, and may try twice.
    const bound = 2 * milliseconds(declared.deadline?.value ?? otherwise) + 1_000;
    const expected = `an answer within ${bound} ms`;
    if (step === undefined) return { holds: 'unknown', observed: 'the stimulus never ended', expected, evidence: [] };
    return {
      holds: step.took <= bound ? (step.outcome === 'indeterminate' ? 'unknown' : 'yes') : 'no',
      observed: `${step.detail} after ${Math.round(step.took)} ms`,
      expected,
      evidence: [step.seq],
    };
  });
}

/** The control passed again once the fault was cleared; a target may remember it for as long as it declares. */
export function recovers() {
  return oracle('recovers()', (history, declared) => {
    const after = entries(history, 'step').filter(({ phase, from }) => phase === 'control-after' && from !== 'twin');
    const last = after.at(-1);
    const took = entries(history, 'measure').find(({ what }) => what === 'recovery')?.milliseconds ?? 0;
    const expected = 'the control passes again once the fault is cleared';
    if (last === undefined) return { holds: 'unknown', observed: 'no control ran afterwards', expected, evidence: [] };
    const evidence = [last.seq];
    const waited = `after ${Math.round(took)} ms`;
    if (last.outcome === 'accepted') return { holds: 'yes', observed: `recovered ${waited}`, expected, evidence };
    const cached = declared.keyCache?.value;
    if (
      cached !== undefined &&
      milliseconds(cached) > took &&
      entries(history, 'step').some(({ phase, from }) => phase === 'control-after' && from === 'twin')
    ) {
      return {
        holds: 'unknown',
        observed: `still ${last.detail} ${waited}, and it declares a key cache of ${cached}`,
        expected,
        evidence,
      };
    }
    return { holds: 'no', observed: `still ${last.detail} ${waited}`, expected, evidence };
  });
}

/** At most `most` requests or connections arrived at `party` while the stimulus ran. */
export function triesAtMost(most: number, party: string) {
  return oracle(`triesAtMost(${most}, ${party})`, (history) => {
    const cleared = entries(history, 'fault-cleared')[0]?.seq ?? Number.POSITIVE_INFINITY;
    const tries = exchangesTo(history, party).filter(({ seq }) => seq < cleared);
    return {
      holds: tries.length <= most ? 'yes' : 'no',
      observed: `${tries.length} tries at the ${party}`,
      expected: `at most ${most}`,
      evidence: tries.slice(0, 20).map(({ seq }) => seq),
    };
  });
}

/** What was measured stays within what the target declares, with a second's grace; without a declaration it is only measured. */
export function staysWithin(what: string, declaredTime: DeclaredTime) {
  return oracle(`staysWithin(${what}, ${declaredTime})`, (history, declared) => {
    const measured = entries(history, 'measure').find((entry) => entry.what === what);
    const value = declared[declaredTime]?.value;
    const expected =
      value === undefined
        ? `${what} is measured (no ${declaredTime} is declared)`
        : `${what} within the declared ${value}`;
    if (measured === undefined)
      return { holds: 'unknown', observed: `${what} was not measured`, expected, evidence: [] };
    return {
      holds: value === undefined || measured.milliseconds <= milliseconds(value) + 1_000 ? 'yes' : 'no',
      observed: `${what} ${(measured.milliseconds / 1000).toFixed(1)} s`,
      expected,
      evidence: [measured.seq],
    };
  });
}

/** Of the parts of a parallel step at most `most` were accepted: the rest came too late (a code is used once). */
export function acceptsAtMost(most: number) {
  return oracle(`acceptsAtMost(${most})`, (history) => {
    const parts = entries(history, 'step').filter(({ phase, actor }) => phase === 'stimulus' && actor !== undefined);
    const accepted = parts.filter(({ outcome }) => outcome === 'accepted');
    return {
      holds: parts.length === 0 ? 'unknown' : accepted.length <= most ? 'yes' : 'no',
      observed: `${accepted.length} of ${parts.length} were accepted`,
      expected: `at most ${most}`,
      evidence: accepted.map(({ seq }) => seq),
    };
  });
}
