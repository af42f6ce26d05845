import type { PlacedFault } from '../model/fault.ts';
import { measured } from '../model/measure.ts';
import type { StepResult } from '../model/stage.ts';
import type { CallApi, DriverStep, Ladder, StepOutcome } from '../model/step.ts';
import type { Target } from '../model/target.ts';
import { type Duration, milliseconds } from '../model/time.ts';
import type { Logbook } from './logbook.ts';

/** To how many seconds it is measured. */
const precision = 1;

/**
 * Climbs a ladder: tries the most first, which must be refused, and then halves what lies between the most that was
 * accepted and the least that was refused. Resolves to what the target came to, and records the most that it accepted.
 * A try that said neither yes nor no ends it without a measure.
 */
export async function climb(
  { rung, upTo, measure }: Ladder,
  stage: {
    readonly target: Target;
    readonly book: Logbook;
    perform(step: CallApi | DriverStep): Promise<StepResult>;
    place(placed: PlacedFault): Promise<() => Promise<void>>;
  },
): Promise<{ readonly outcome: StepOutcome; readonly detail: string }> {
  const { target, book } = stage;

  async function tried(by: Duration): Promise<StepResult> {
    const { step, placed } = rung(by);
    if (placed === undefined) return await stage.perform(step);
    const { fault, on } = placed;
    const clear = await stage.place(placed);
    book.record({ kind: 'fault-applied', fault: fault.id, on });
    try {
      return await stage.perform(step);
    } finally {
      book.record({ kind: 'fault-cleared', fault: fault.id });
      await clear();
    }
  }

  const record = (seconds: number, over: boolean) =>
    book.record(measured(measure, { milliseconds: seconds * 1_000, over }, target.declares, measure));
  // The control has shown that nothing at all is accepted.
  let accepted = 0;
  let refused = milliseconds(upTo) / 1_000;
  const most = await tried(upTo);
  if (most.outcome === 'accepted') {
    record(refused, true);
    return { outcome: 'accepted', detail: `even ${shown(refused)} was accepted` };
  }
  while (most.outcome === 'refused' && refused - accepted > precision) {
    const middle = Math.floor((accepted + refused) / 2);
    const { outcome, detail } = await tried(shown(middle));
    if (outcome === 'indeterminate') return { outcome, detail };
    if (outcome === 'accepted') accepted = middle;
    else refused = middle;
  }
  if (most.outcome === 'indeterminate') return most;
  record(accepted, false);
  return { outcome: 'refused', detail: `${shown(accepted)} was accepted, ${shown(refused)} refused` };
}

const shown = (seconds: number): Duration => `${seconds}s`;
