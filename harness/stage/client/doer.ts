import type { ByHand } from '../../model/stage.ts';
import type { StepOutcome } from '../../model/step.ts';
import type { UserAgent } from '../user-agent/user-agent.ts';
import type { User } from './browsing.ts';

/** What a step came to, and what the client's user was told. */
export interface Came {
  readonly outcome: StepOutcome;
  /** In a few words. */
  readonly detail: string;
  /** What the client told the code that uses it. */
  readonly told?: string;
  /** Where the user was left, and whose page it is if not the client's. */
  readonly page?: { readonly url: string; readonly text: string; readonly party?: 'idp' };
}

/** One thing that a client is got to do. */
export interface Task {
  readonly step: string;
  readonly signal: AbortSignal;
  /** The user's; what it was in the steps before is still in it. */
  readonly browser: UserAgent;
  /** Names the session to a client without pages. */
  readonly session: string;
}

/** How a user logs in. */
export interface Login {
  readonly user: User;
  readonly denies: boolean;
  /** What reaches the client: its own response, a response to somebody else's request, or its own twice. */
  readonly callback: Callback;
  /** The browser of somebody else, for a response to their request. */
  readonly other: { readonly browser: UserAgent; readonly session: string; readonly user: Login['user'] };
}

export type Callback = 'own' | 'of-other-session' | 'twice';

/** How a client is got to do things: by instructions, or through its pages. */
export interface Doer {
  logIn(task: Task, login: Login): Promise<Came>;
  /** The next thing that its user does with the token at hand. */
  openPage(task: Task): Promise<Came>;
  obtainToken(task: Task): Promise<Came>;
  refresh(task: Task): Promise<Came>;
  /** Told that an answer to a user's browser has gone out. */
  answered?(method: string, url: string): void;
  /** What was done last, to be done again by hand. */
  byHand?(): Omit<ByHand, 'caFile'> | undefined;
  /** What users left behind in what the doer keeps for them is forgotten. */
  forget?(): void;
  close?(): Promise<void>;
}
