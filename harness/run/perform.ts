import { setUp } from '../judge/set-up.ts';
import { deadlines } from '../model/deadlines.ts';
import type { Recording } from '../model/history.ts';
import { measured } from '../model/measure.ts';
import type { Scenario } from '../model/scenario.ts';
import type { Hold, Stage, StepResult } from '../model/stage.ts';
import { milliseconds } from '../model/time.ts';
import { tallies } from './tallies.ts';

/** Controls of a twin: an instance of the same configuration that met no fault. */
export interface Controls {
  /** For a stage that must stay cold. */
  readonly before: StepResult | undefined;
  /** For a target that may rightly remember the fault for longer than anyone waits. */
  after(): Promise<StepResult>;
}

/**
 * Does one scenario on a stage and records it: control, faults, stimulus, mending, control again, log drain. Decides
 * nothing: the history is judged by others.
 */
export async function perform(options: {
  readonly scenario: Scenario;
  readonly stage: Stage;
  readonly recording: Recording;
  readonly twins: Controls;
  readonly hold?: Hold | undefined;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { scenario, stage, recording, twins, hold, signal } = options;
  const before = await controlBefore(scenario, stage, recording, twins.before, signal);
  if (before.outcome !== 'accepted') return;

  const mend: (() => Promise<void>)[] = [];
  let judged: StepResult | undefined;
  try {
    for (const placed of scenario.faults) {
      mend.push(await stage.place(placed));
      recording.record({ kind: 'fault-applied', fault: placed.fault.id, on: placed.on });
    }
    if (scenario.cold) await stage.start(signal);
    for (const step of scenario.stimulus) {
      judged = await stage.perform(step, 'stimulus', signal);
      if (step !== scenario.stimulus.at(-1) && !setUp(step, judged.outcome)) break;
    }
    meetByDifference(scenario, stage, recording, judged);
    if (hold !== undefined) await hold(stage.byHand(), signal);
  } finally {
    for (const [index, clear] of mend.entries()) {
      // Recorded first: what a mended wire lets through at once is not let through by a broken one.
      const fault = scenario.faults[index]?.fault.id ?? '';
      recording.record({ kind: 'fault-cleared', fault });
      await clear();
    }
  }
  await controlAfter(scenario, stage, recording, twins, signal);
  const { doubt } = await stage.drain(signal);
  if (doubt !== undefined) recording.record({ kind: 'attribution-doubt', why: doubt });
  for (const tally of tallies(recording.entries)) recording.record(tally);
}

async function controlBefore(
  scenario: Scenario,
  stage: Stage,
  recording: Recording,
  twin: StepResult | undefined,
  signal: AbortSignal,
): Promise<StepResult> {
  const carried = scenario.cold ? twin : stage.lastControl;
  if (carried?.outcome !== 'accepted') return await stage.control('control-before', signal);
  recording.record({
    kind: 'step',
    ...carried,
    phase: 'control-before',
    does: 'the control',
    from: scenario.cold ? 'twin' : 'previous',
  });
  return carried;
}

/**
 * A fault that leaves no trace on its link (nobody listens) is met when the very stimulus that passed as a control
 * comes to something else while the fault stands.
 */
function meetByDifference(
  scenario: Scenario,
  stage: Stage,
  recording: Recording,
  judged: StepResult | undefined,
): void {
  const last = scenario.stimulus.at(-1);
  if (last === undefined || !stage.isControl(last) || judged === undefined || judged.outcome === 'accepted') return;
  for (const { fault } of scenario.faults) {
    if (fault.seam !== 'link/connection') continue;
    if (recording.entries.some((entry) => entry.kind === 'fault-met' && entry.fault === fault.id)) continue;
    recording.record({ kind: 'fault-met', fault: fault.id, by: 'difference' });
  }
}

/**
 * Repeats the control until it passes or the declared recovery time (the harness's own bound, without one) is over. A
 * target that declares that it caches for longer than that may go on refusing: a twin then proves the stage sound.
 */
async function controlAfter(
  scenario: Scenario,
  stage: Stage,
  recording: Recording,
  twins: Controls,
  signal: AbortSignal,
): Promise<void> {
  const { recovery, keyCache } = stage.target.declares;
  const bound = deadlines.recovery + (recovery === undefined ? 0 : milliseconds(recovery.value));
  const began = performance.now();
  const waited = () => performance.now() - began;
  let control = await stage.control('control-after', signal);
  const shared = scenario.isolation === 'shared';
  while (!shared && control.outcome !== 'accepted' && stage.alive && waited() < bound && !signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, deadlines.recoveryPause));
    control = await stage.control('control-after', signal);
  }
  if (shared) return;
  const time = { milliseconds: waited(), over: control.outcome !== 'accepted' };
  recording.record(measured('recovery', time, stage.target.declares, 'recovery'));
  // Only a document that was handed out may be kept; a failure to get one is no cache.
  const document = scenario.faults.some(({ fault }) => fault.seam === 'jwks' || fault.seam === 'metadata');
  const remembers = document && keyCache !== undefined && milliseconds(keyCache.value) > waited();
  if (control.outcome === 'accepted' || !stage.alive || !remembers || signal.aborted) return;
  const twin = await twins.after();
  recording.record({ kind: 'step', ...twin, phase: 'control-after', does: 'the control', from: 'twin' });
}
