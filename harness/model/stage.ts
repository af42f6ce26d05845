import type { PlacedFault } from './fault.ts';
import type { Entry, Phase, Recording } from './history.ts';
import type { Role } from './parties.ts';
import type { Step, StepOutcome } from './step.ts';
import type { Target } from './target.ts';

/** What a step came to, as the engine needs it; the details stand in the history. */
export interface StepResult {
  /** Correlation id of the step. */
  readonly step: string;
  readonly outcome: StepOutcome;
  readonly detail: string;
  /** Milliseconds. */
  readonly took: number;
}

/** What was done last, as somebody could do it again. */
export interface ByHand {
  /** `curl`: a line for a shell; `stdin`: one that writes an instruction for the client; `browser`: a URL to open. */
  readonly how: 'curl' | 'stdin' | 'browser';
  /** `$CA` stands for the file with the harness CA, other variables for what `secrets` holds. */
  readonly line: string;
  /** By the name of a variable: for the terminal of the one who asked, never for a record. */
  readonly secrets: { readonly [name: string]: string };
  readonly caFile: string;
}

/** Called while the faults stand and the stimulus is done; what is broken stays broken until it resolves. */
export type Hold = (again: ByHand | undefined, signal: AbortSignal) => Promise<void>;

/** One running set: target, mock IdP, mock API, links, certificate authority, clock. */
export interface Stage extends AsyncDisposable {
  /** Names the instance in a record: `node/express-jwt#2.1`. */
  readonly instance: string;
  readonly target: Target;
  /** False once the target has exited. */
  readonly alive: boolean;
  /** Why nothing can be said of the target any more: what ran it is gone, and it may or may not be. */
  readonly lost?: Error | undefined;
  /** From now on everything that happens is recorded, until `end`. `seedPath` gives this history its own randomness. */
  begin(options: { readonly seedPath: string; readonly emit: (entry: Entry) => void }): Recording;
  /** Stops recording. */
  end(): void;
  /** The last control, if it still speaks for the target as it is now. */
  readonly lastControl: StepResult | undefined;
  /** Breaks one thing. Resolves to the function that mends it. */
  place(placed: PlacedFault): Promise<() => Promise<void>>;
  /** Starts the target of a stage that was opened cold. Its failure to start is recorded, not thrown. */
  start(signal: AbortSignal): Promise<void>;
  perform(step: Step, phase: Phase, signal: AbortSignal): Promise<StepResult>;
  /** The stimulus with no fault. */
  control(phase: Phase, signal: AbortSignal): Promise<StepResult>;
  /** Whether a step does what the control does: what comes to something else then has met what is broken. */
  isControl(step: Step): boolean;
  /** Waits until the target's log lines about everything so far have come; says why when that is in doubt. */
  drain(signal: AbortSignal): Promise<{ readonly doubt?: string }>;
  /** What the stimulus did last, to be done again by hand. */
  byHand(): ByHand | undefined;
}

/** Builds stages. `cold` leaves the target unstarted; otherwise the target runs and has passed its first control. */
export type OpenStage = (options: {
  readonly target: Target;
  readonly instance: string;
  readonly cold: boolean;
  readonly signal: AbortSignal;
}) => Promise<Stage>;

/**
 * What the stage of each role can do to its target: kinds of steps, what a driver can be told to do, and
 * `prove-possession` for a DPoP proof. A scenario that asks for more is not applicable yet.
 */
export type Repertoire = { readonly [R in Role]?: readonly string[] };
