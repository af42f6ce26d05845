import type { CauseId } from './cause.ts';
import type { Role } from './parties.ts';
import type { ExpectedOutcome, Isolation } from './scenario.ts';
import type { Capability } from './target.ts';

/** A scenario as a list shows it. */
export interface Listing {
  readonly id: string;
  readonly summary: string;
  readonly role: Role;
  readonly cause: CauseId;
  readonly isolation: Isolation;
  readonly needs: readonly Capability[];
  readonly expected: ExpectedOutcome;
}
