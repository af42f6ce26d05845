import type { Role } from './parties.ts';

/** A cause's id: `token/expired`. Ids from outside carry their package's name: `@acme/saml/bridge-down`. */
export type CauseId = string;

/** The root cause that an operator would want named. */
export interface Cause {
  readonly id: CauseId;
  /** What breaks, in one line. */
  readonly breaks: string;
  /** The roles that it concerns. */
  readonly roles: readonly Role[];
  /** What a good diagnosis says. */
  readonly namedBy: string;
}
