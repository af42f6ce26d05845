import type { Entry, History } from '../model/history.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Step } from '../model/step.ts';
import type { Gate } from '../model/verdict.ts';

type StepEntry = Extract<Entry, { kind: 'step' }>;

const stepsOf = (history: History, phase: StepEntry['phase']) =>
  history.filter((entry): entry is StepEntry => entry.kind === 'step' && entry.phase === phase);

function flawsIn(step: Step): readonly string[] {
  if (step.do === 'parallel') return step.steps.flatMap((part) => flawsIn(part.step));
  return step.do === 'call-api' ? (step.token?.flaws.map(({ id }) => id) ?? []) : [];
}

/** The faults that a scenario must have met: those it places and the flaws of the tokens it sends. */
export function faultsOf(scenario: Scenario): readonly string[] {
  const flaws = scenario.stimulus.flatMap((step) => flawsIn(step));
  return [...new Set([...scenario.faults.map(({ fault }) => fault.id), ...flaws])];
}

/**
 * The five gates, each decided by the history alone. They protect `pass`: a verdict counts as one only when the
 * control passed, the fault was met, the outcome was explicit, the oracles held and the control passed again.
 */
export function gates(scenario: Scenario, history: History, oraclesHold: boolean): readonly Gate[] {
  const before = stepsOf(history, 'control-before').at(-1);
  const after = stepsOf(history, 'control-after').at(-1);
  const judged = stepsOf(history, 'stimulus').findLast(({ actor }) => actor === undefined);
  const earlier = stepsOf(history, 'stimulus').filter((step) => step !== judged && step.actor === undefined);
  const brokenSetUp = earlier.find(({ outcome }) => outcome !== 'accepted');
  const unmet = faultsOf(scenario).filter(
    (fault) => !history.some((entry) => entry.kind === 'fault-met' && entry.fault === fault),
  );
  const ranOut = history.find((entry) => entry.kind === 'deadline');
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
      open: unmet.length === 0 || scenario.mayAvoid === true,
      because:
        unmet.length === 0
          ? 'every fault was met'
          : `the target never met ${unmet.join(', ')}${scenario.mayAvoid === true ? ', as it may' : ''}`,
    },
    {
      id: 'explicit-outcome',
      open: judged !== undefined && judged.outcome !== 'indeterminate' && ranOut === undefined,
      because:
        ranOut?.kind === 'deadline'
          ? `the harness's deadline for ${ranOut.what} ran out after ${ranOut.milliseconds} ms`
          : judged === undefined
            ? 'the stimulus never ended'
            : `${judged.outcome}: ${judged.detail}`,
    },
    { id: 'oracles', open: oraclesHold, because: oraclesHold ? 'every oracle held' : 'an oracle did not hold' },
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
