import type { EntryOf, History } from '../model/history.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Gate } from '../model/verdict.ts';
import { flawsOf } from './flaws.ts';
import { setUp } from './set-up.ts';

type StepEntry = EntryOf<'step'>;

const stepsOf = (history: History, phase: StepEntry['phase']) =>
  history.filter((entry): entry is StepEntry => entry.kind === 'step' && entry.phase === phase);

/** The faults that a scenario must have met: those it places and the flaws of the tokens it sends. */
function faultsOf(scenario: Scenario): readonly string[] {
  const placed = scenario.faults.map(({ fault }) => fault);
  return [...new Set([...placed, ...scenario.stimulus.flatMap(flawsOf)].map(({ id }) => id))];
}

/** What the judged step should come to, where one thing only is right. */
const explicitly = { refuse: 'refused', accept: 'accepted', either: undefined, observe: undefined } as const;

/** Whether two parts of a parallel step were under way at the same time: else there was no race to lose. */
function raced(history: History, parts: readonly StepEntry[]): boolean {
  const begun = (part: StepEntry) =>
    history.find((entry) => entry.kind === 'step-begun' && entry.step === part.step)?.at ?? part.at;
  return parts.some((a, index) => parts.slice(index + 1).some((b) => begun(a) <= b.at && begun(b) <= a.at));
}

/**
 * The five gates, each decided by the history alone. They protect `pass`: a verdict counts as one only when the
 * control passed, the fault was met, the outcome was explicit, the oracles held and the control passed again.
 */
export function gates(scenario: Scenario, history: History, oraclesHold: boolean): readonly Gate[] {
  const before = stepsOf(history, 'control-before').at(-1);
  const after = stepsOf(history, 'control-after').at(-1);
  const done = stepsOf(history, 'stimulus').filter(({ actor }) => actor === undefined);
  // A stimulus that broke off never came to the step that is judged.
  const judged = done.length >= scenario.stimulus.length ? done.at(-1) : undefined;
  const parts = stepsOf(history, 'stimulus').filter(({ actor }) => actor !== undefined);
  const silent = parts.find(({ outcome }) => outcome === 'indeterminate');
  const noRace = scenario.stimulus.at(-1)?.do === 'parallel' && !raced(history, parts);
  const brokenSetUp = done.find((step, index) => step !== judged && !setUp(scenario.stimulus[index], step.outcome));
  const unmet = faultsOf(scenario).filter(
    (fault) => !history.some((entry) => entry.kind === 'fault-met' && entry.fault === fault),
  );
  // A deadline that ran out in a control is that control's matter.
  const begun = history.find((entry) => entry.kind === 'step-begun' && entry.phase === 'stimulus')?.seq ?? 0;
  const ended = done.at(-1)?.seq ?? history.length;
  const ranOut = history.find((entry) => entry.kind === 'deadline' && entry.seq > begun && entry.seq < ended);
  // What a race should come to is for its oracles to say.
  const expected = scenario.stimulus.at(-1)?.do === 'parallel' ? undefined : explicitly[scenario.expect.outcome];
  const contrary = judged !== undefined && expected !== undefined && judged.outcome !== expected;
  return [
    {
      id: 'control-before',
      open: before?.outcome === 'accepted' && brokenSetUp === undefined,
      because:
        before === undefined
          ? 'no control ran before'
          : before.outcome !== 'accepted'
            ? `the control before came to ${before.detail}`
            : brokenSetUp !== undefined
              ? `the step '${brokenSetUp.does}' came to ${brokenSetUp.detail}`
              : `the control before was let through${before.from === undefined ? '' : before.from === 'twin' ? ' on a twin' : ' for the scenario before'}`,
    },
    {
      id: 'fault-met',
      open: !noRace && (unmet.length === 0 || scenario.mayAvoid === true),
      because: noRace
        ? 'the parts of the step did not run at the same time'
        : unmet.length === 0
          ? 'every fault was met'
          : `the target never met ${unmet.join(', ')}${scenario.mayAvoid === true ? ', as it may' : ''}`,
    },
    {
      id: 'explicit-outcome',
      open: judged !== undefined && judged.outcome !== 'indeterminate' && silent === undefined && ranOut === undefined,
      because:
        ranOut?.kind === 'deadline'
          ? `the harness's deadline for ${ranOut.what} ran out after ${ranOut.milliseconds} ms`
          : judged === undefined
            ? 'the stimulus never ended'
            : silent !== undefined
              ? `${silent.actor}: ${silent.detail}`
              : `${judged.outcome}: ${judged.detail}`,
    },
    {
      id: 'oracles',
      open: oraclesHold && !contrary,
      because: !oraclesHold
        ? 'an oracle did not hold'
        : contrary
          ? `it was ${judged.outcome}, but should have been ${expected}`
          : 'every oracle held',
    },
    {
      id: 'control-after',
      open: after?.outcome === 'accepted',
      because:
        after === undefined
          ? 'no control ran afterwards'
          : `the control after came to ${after.detail}${after.from === 'twin' ? ' on a twin' : ''}`,
    },
  ];
}
