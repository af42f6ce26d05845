import type { CauseId } from './cause.ts';
import type { Entry } from './history.ts';
import type { Role } from './parties.ts';
import type { Requirement } from './requirement.ts';
import type { ExpectedOutcome, Isolation, Property } from './scenario.ts';
import type { Capability, Declarations } from './target.ts';
import type { Verdict, VerdictValue } from './verdict.ts';

/** A scenario as a report shows it: no functions, all text. */
export interface ScenarioCard {
  readonly id: string;
  readonly role: Role;
  readonly cause: CauseId;
  readonly summary: string;
  readonly remedy: string;
  readonly isolation: Isolation;
  readonly needs: readonly Capability[];
  readonly expected: ExpectedOutcome;
  readonly faults: readonly { readonly id: string; readonly on: string; readonly summary: string }[];
  readonly stimulus: readonly string[];
  readonly expectations: readonly {
    readonly property: Property;
    readonly oracle: string;
    readonly requirement: Requirement;
  }[];
}

/** A target as a report shows it. */
export interface TargetCard {
  readonly id: string;
  readonly role: Role;
  readonly summary: string;
  readonly driver: string;
  /** For a container: its image's name and digest, or its id where it was built here. */
  readonly image?: string;
  readonly capabilities: readonly Capability[];
  readonly declares: Declarations;
}

export type Totals = { readonly [V in VerdictValue]: number };

/** What happens in a run, in order. Each is one line of the run's record, and all that a report may know. */
export type RunEvent =
  | {
      readonly type: 'run-started';
      /** `major.minor`; readers ignore members that they do not know. */
      readonly schema: string;
      readonly failwell: string;
      readonly node: string;
      readonly seed: number;
      /** ISO 8601. */
      readonly at: string;
      /** The command that runs the same again. */
      readonly replay: string;
      readonly scenarios: readonly ScenarioCard[];
      readonly targets: readonly TargetCard[];
      /** How many verdicts there will be if nothing stops the run. */
      readonly planned: number;
    }
  | { readonly type: 'scenario-started'; readonly scenario: string; readonly target: string }
  /** The times of its entries count from then on. */
  | {
      readonly type: 'history-began';
      readonly scenario: string;
      readonly target: string;
      /** ISO 8601. */
      readonly at: string;
    }
  | { readonly type: 'entry'; readonly scenario: string; readonly target: string; readonly entry: Entry }
  | {
      readonly type: 'scenario-finished';
      readonly scenario: string;
      readonly target: string;
      /** `node/express-jwt#2.1`: the worker and which of its instances; empty when nothing was run. */
      readonly instance: string;
      readonly milliseconds: number;
      readonly verdict: Verdict;
      /** Runs this scenario on this target alone, with the same seed. */
      readonly replay: string;
      /** The request of the judged step as a curl line; `$TOKEN` stands for the token. */
      readonly curl?: string;
    }
  /** The harness could not do its work: not a verdict. */
  | {
      readonly type: 'harness-error';
      readonly code: string;
      readonly message: string;
      readonly scenario?: string;
      readonly target?: string;
    }
  | {
      readonly type: 'run-finished';
      readonly milliseconds: number;
      readonly totals: Totals;
      readonly interrupted: boolean;
      /** Process exit code: 0, 1, 2, 3, 4 or 130. */
      readonly exit: number;
    };

/** Consumes run events and renders them; never judges. Disposed when the run is over, also after an interruption. */
export interface Reporter extends AsyncDisposable {
  on(event: RunEvent): void | Promise<void>;
}
