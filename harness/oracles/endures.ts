import type { DeclaredTime } from '../model/step.ts';
import { type Duration, milliseconds } from '../model/time.ts';
import { oracle } from './oracle.ts';
import { entries, exchangesTo, judgedStep, parts } from './reading.ts';
import { answerLine } from './sayings.ts';

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

/** The judged step was answered within the deadline that the target declares, or else within this one. */
export function answersWithin(otherwise: Duration) {
  return oracle(
    `answersWithin(${otherwise})`,
    (history, declared) => {
      const step = judgedStep(history);
      // A gateway adds its own work to the deadline of the fetch behind it, and may try twice.
      const bound = 2 * milliseconds(declared.deadline?.value ?? otherwise) + 1_000;
      const expected = `an answer within ${bound} ms`;
      if (step === undefined) return { holds: 'unknown', observed: 'the stimulus never ended', expected, evidence: [] };
      return {
        // A connection that ended without an answer, or that nobody took, is none either.
        holds: step.took <= bound && step.outcome !== 'indeterminate' ? 'yes' : 'no',
        observed: `${step.detail} after ${Math.round(step.took)} ms`,
        expected,
        evidence: [step.seq],
      };
    },
    { good: answerLine(503), bad: 'no answer for as long as the IdP is silent' },
  );
}

/** The control passed again once the fault was cleared; a target may remember it for as long as it declares. */
export function recovers() {
  return oracle(
    'recovers()',
    (history, declared) => {
      const after = entries(history, 'step').filter(({ phase, from }) => phase === 'control-after' && from !== 'twin');
      const last = after.at(-1);
      const took = entries(history, 'measure').find(({ what }) => what === 'recovery')?.milliseconds ?? 0;
      const expected = 'the control passes again once the fault is cleared';
      if (last === undefined)
        return { holds: 'unknown', observed: 'no control ran afterwards', expected, evidence: [] };
      const evidence = [last.seq];
      const waited = `after ${Math.round(took)} ms`;
      if (last.outcome === 'accepted') return { holds: 'yes', observed: `recovered ${waited}`, expected, evidence };
      if (entries(history, 'deadline').some(({ what }) => what === 'scenario'))
        return { holds: 'unknown', observed: `still ${last.detail} when the harness gave up`, expected, evidence };
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
    },
    {
      good: 'a valid token gets through a second after the fault is gone',
      bad: 'still 503 after ten seconds: only a restart helps',
    },
  );
}

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

/** What was measured stays within what the target declares, with a second's grace; without a declaration it is only measured. */
export function staysWithin(what: string, declaredTime: DeclaredTime) {
  return oracle(
    `staysWithin(${what}, ${declaredTime})`,
    (history, declared) => {
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
    },
    {
      good: `${what} is no longer than the declared ${declaredTime}`,
      bad: `${what} goes on after the declared ${declaredTime} is over`,
    },
  );
}

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
