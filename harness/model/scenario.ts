import type { CauseId } from './cause.ts';
import type { PlacedFault } from './fault.ts';
import type { History } from './history.ts';
import type { Role } from './parties.ts';
import type { Requirement } from './requirement.ts';
import type { Step } from './step.ts';
import type { Capability, Declarations } from './target.ts';

/** The five properties, each judged on its own. */
export type Property = 'safe' | 'signal' | 'diagnosis' | 'discretion' | 'resilience';

/** Who is told: the one who called, by the answer, or the one who operates the target, by its logs. */
export type Audience = 'caller' | 'operator';

/** What an oracle found in a history. */
export interface Finding {
  /** `unknown`: the history does not tell. */
  readonly holds: 'yes' | 'no' | 'unknown';
  readonly observed: string;
  readonly expected: string;
  /** `seq` of the entries that show it. */
  readonly evidence: readonly number[];
  /** Which of several permitted answers it was. */
  readonly held?: string;
  /** For a diagnosis: what one audience was told, to be graded by the lexicon; `holds` is then `unknown`. */
  readonly said?: { readonly cause: CauseId; readonly audience: Audience; readonly texts: readonly string[] };
}

/** A pure function from a history to a finding. */
export interface Oracle {
  /** `answers(401, invalid_token)`: readable, stable. */
  readonly id: string;
  /** What a good and a bad answer look like, for people. */
  readonly looks?: { readonly good: string; readonly bad: string };
  judge(history: History, declared: Declarations): Finding;
}

/** An oracle and the sentence that it enforces. */
export interface Expected {
  readonly oracle: Oracle;
  readonly requirement: Requirement;
}

/** `observe` measures and judges nothing but what its oracles say. */
export type ExpectedOutcome = 'refuse' | 'accept' | 'either' | 'observe';

export interface Expectation {
  readonly outcome: ExpectedOutcome;
  readonly properties: { readonly [P in Property]: readonly Expected[] };
}

/** `shared`: on a running instance. `exclusive`: restores what it breaks. `fresh`: on a new instance. */
export type Isolation = 'shared' | 'exclusive' | 'fresh';

/** One thing that breaks, what is done then, and what should happen, for one role. */
export interface Scenario {
  /** Role, file and variant: `gateway/token-expired/by-10m`. */
  readonly id: string;
  readonly role: Role;
  readonly cause: CauseId;
  /** One sentence: what is broken. */
  readonly summary: string;
  /** How to fix a target that fails it, in a sentence or two. */
  readonly remedy: string;
  /** Capabilities that the target must have; `!opaque` is one that it must not have. */
  readonly needs: readonly Capability[];
  readonly isolation: Isolation;
  /** `fresh` only: the faults stand before the target starts, and the control before runs on a twin. */
  readonly cold?: true;
  readonly faults: readonly PlacedFault[];
  /** The last step is the one that is judged. */
  readonly stimulus: readonly Step[];
  readonly expect: Expectation;
  /** A warm target may rightly never meet the fault. */
  readonly mayAvoid?: true;
  /** Left out of the quick suite: it waits for somebody's deadline. */
  readonly slow?: true;
}
