import type { Login } from '../model/idp.ts';
import { attempt, type Walker } from './attempt.ts';

/** How one of the proofs went. */
export interface Proof {
  readonly holds: boolean;
  /** What was seen, in words. */
  readonly seen: string;
}

/** Whether a recipe says yes and no where it should. */
export interface Proofs {
  /** Absent where no page that says no is known. */
  readonly denial?: Proof;
  readonly wrongPassword: Proof;
  readonly login: Proof;
  /** Consent comes only with `prompt=consent`: it is remembered (OpenID Connect Core §3.1.2.1). */
  readonly needsPrompt: boolean;
}

/** Uses a recipe for a denied consent, a wrong password and a login, each in a browser of somebody new. */
export async function prove(walker: Walker, login: Login, denies: boolean): Promise<Proofs> {
  const prompted = { parameters: { prompt: 'consent' } };
  let needsPrompt = false;
  let denial: Proof | undefined;
  if (denies) {
    let { login: came } = await attempt(walker, login, { user: 'denies' });
    if (came.outcome === 'accepted') {
      needsPrompt = true;
      ({ login: came } = await attempt(walker, login, { user: 'denies', ...prompted }));
    }
    denial = { holds: came.outcome === 'refused' && came.detail.startsWith('access_denied'), seen: came.detail };
  }
  const { login: wrong } = await attempt(walker, login, { user: 'mistypes' });
  const { login: right, redeemed } = await attempt(walker, login, needsPrompt ? prompted : {});
  const seen = redeemed === undefined ? right.detail : `${right.detail}; the token endpoint: ${redeemed.detail}`;
  return {
    ...(denial && { denial }),
    wrongPassword: { holds: wrong.outcome === 'refused', seen: wrong.detail },
    login: { holds: redeemed?.outcome === 'accepted', seen },
    needsPrompt,
  };
}
