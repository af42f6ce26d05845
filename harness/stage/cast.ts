import type { NameServer } from '../../mocks/dns/server.ts';
import type { SeenExchange } from '../../mocks/links/exchange.ts';
import type { OpenLink } from '../../mocks/links/link.ts';
import type { AnyFault, Random } from '../model/fault.ts';
import type { Phase } from '../model/history.ts';
import type { Party } from '../model/parties.ts';
import type { ByHand, StepResult } from '../model/stage.ts';
import type { InParallel, Interrupt, Ladder, Step } from '../model/step.ts';
import type { Instance, Target, Wiring } from '../model/target.ts';
import type { Logbook } from './logbook.ts';
import type { Neighbours } from './neighbours.ts';
import type { StageIdp } from './restartable-idp.ts';
import type { RunningTarget } from './running-target.ts';
import type { Surroundings } from './surroundings.ts';
import type { TargetClock } from './target-clock.ts';

/** A step for the parties: what is done at once, or again and again, is taken apart before; the target's life is the stage's. */
export type SingleStep = Exclude<Step, InParallel | Ladder | Interrupt>;

/** One step, and the part of a scenario that it belongs to. */
export interface Performance {
  readonly phase: Phase;
  readonly signal: AbortSignal;
  /** Not what is judged: a part of a parallel step. */
  readonly actor?: string | undefined;
}

/** The parties around a target of one role, the wires between them, and what they do to the target. */
export interface Cast extends AsyncDisposable {
  /** The links that are open, by name; those that lead to the target once it runs. */
  readonly links: ReadonlyMap<string, OpenLink>;
  /** Holds the faults of the IdP's own seams; absent where the target is the IdP. */
  readonly idp?: Pick<StageIdp, 'place'>;
  /** Breaks names, where there are more than the target's own. */
  readonly names?: Pick<NameServer, 'place'>;
  /** The clocks of a chain's members, by party. */
  readonly clocks?: { readonly [party: Party]: Pick<TargetClock, 'place'> };
  /** What the target is told of its surroundings. */
  readonly wiring: Wiring;
  /** Opens what leads to the target, once it runs. */
  connect(instance: Instance): Promise<void>;
  /** A new history begins, with its own randomness: what was remembered for the last one is forgotten. */
  begin(random: Random): void;
  /** The secrets that are about from the start, by label. */
  secrets(): readonly (readonly [label: string, secret: string])[];
  /** Told of every fault that is placed or cleared: these stand from now on. */
  disturbed(standing: readonly AnyFault[]): void;
  perform(step: SingleStep, performance: Performance): Promise<StepResult>;
  /** The stimulus with no fault. */
  control(performance: Performance): Promise<StepResult>;
  /** Whether a step does what the control does. */
  isControl(step: Step): boolean;
  /** What the stimulus did last, to be done again by hand; without the file of the CA. */
  byHand(): Omit<ByHand, 'caFile'> | undefined;
}

/** What a stage gives to its cast. */
export interface Backstage {
  readonly target: Target;
  readonly surroundings: Surroundings;
  readonly running: RunningTarget;
  readonly book: Logbook;
  readonly random: Random;
  /** Where the links lie that the target opens. */
  readonly neighbours: Pick<Neighbours, 'placed'>;
  /** Aborted when the stage is no longer wanted. */
  readonly signal: AbortSignal;
  /** Told of every exchange on a link. */
  observe(seen: SeenExchange): void;
  /** Monotonic milliseconds, the clock of the links. */
  now(): number;
}

export type OpenCast = (backstage: Backstage) => Promise<Cast>;
