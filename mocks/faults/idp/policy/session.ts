import type { UserSession } from '../../../../harness/model/issuing.ts';
import { type Duration, milliseconds } from '../../../../harness/model/time.ts';
import { family } from '../family.ts';

const assurance = 'policy/assurance-claims';
const fault = family('session', { seam: 'session', layer: 'policy', cause: assurance });

/** A session with some members changed; nobody stays nobody. */
const having = (change: (session: UserSession) => Partial<UserSession>) => (session: UserSession | undefined) =>
  session && { ...session, ...change(session) };

/** It was ended elsewhere: a silent request gets `login_required`, any other the login page. */
export const sessionGone = () =>
  fault('gone', 'nobody is logged in any more', () => undefined, 'policy/conditional-access');

/** Somebody else has logged in with the same browser: `sub` is not that of the client's own session. */
export const sessionOtherUser = ({ sub = 'user-2' }: { readonly sub?: string } = {}) =>
  fault(
    'other-user',
    'another user is logged in',
    having(() => ({ sub })),
    'attack/csrf',
  );

export const sessionOld = ({ by = '30d' }: { readonly by?: Duration } = {}) =>
  fault(
    `old-${by}`,
    `the user logged in ${by} earlier`,
    having(({ authTime }) => ({ authTime: authTime - milliseconds(by) / 1000 })),
  );

/** OIDC Core §2: 0 says that nothing is assured. */
export const sessionAcrWeak = () =>
  fault(
    'acr-weak',
    'acr is 0, no assurance at all',
    having(() => ({ acr: '0' })),
  );

/** RFC 8176 §2: knowledge-based authentication. */
export const sessionAmrWeak = () =>
  fault(
    'amr-weak',
    'the user has only answered questions: amr is kba',
    having(() => ({ amr: ['kba'] })),
  );

export const sessionAmrEmpty = () =>
  fault(
    'amr-empty',
    'amr names no method at all',
    having(() => ({ amr: [] })),
  );
