import type { DeclaredTime, DriverStep, RevokeToken, RotateKeys } from '../../harness/model/step.ts';
import type { Duration } from '../../harness/model/time.ts';

/** Whose browser it is; the same name is the same session, cookies and all, within one scenario. */
export type UserName = 'alice' | 'bob';

interface Named {
  /** The access token that comes of it goes by this name, its refresh token by `refreshTokenOf` it. */
  readonly token?: string;
}

interface ByUser extends Named {
  /** Default `alice`. */
  readonly user?: UserName;
  /** Another browser of theirs, by its name; the same name is the same one within one scenario. */
  readonly browser?: string;
  /** Wait for as long as `deadlines.outlast` until the client gives up; how long that took is measured. */
  readonly outlast?: true;
}

export interface LogIn extends ByUser {
  /** The user says no where they are asked; without effect for one who is logged in already. */
  readonly denies?: true;
  /**
   * What comes back to the client: the response to another user's request in this user's browser (CSRF, an injected code),
   * or the right one a second time.
   */
  readonly callback?: 'of-other-session' | 'twice';
  /** Again and again until it succeeds, for at most the time that the client declares for this; the time is measured. */
  readonly until?: DeclaredTime;
}

const drive = (what: string, given: object = {}): DriverStep => ({
  do: 'drive',
  what,
  with: Object.fromEntries(Object.entries(given)),
});

/** What the client is for, as its control does: its user logs in, or it gets a token by itself; then it calls the API. */
export const work = (given: ByUser & Pick<LogIn, 'until'> = {}) => drive('work', given);

/** A user logs in by authorization code, and the client calls the API, where it does that. */
export const logIn = (given: LogIn = {}) => drive('log-in', given);

/** The user's next page, or the client's next call of the API with the token at hand. */
export const openPage = (given: ByUser = {}) => drive('open-page', given);

/** The client gets a token by its own credentials and calls the API with it. */
export const obtainToken = (given: Named = {}) => drive('obtain-token', given);

interface Refresh extends ByUser {
  /** Once more where the first try is refused, as users do who come back. */
  readonly again?: true;
}

/** The client uses the refresh token of the login and calls the API with what comes of it. */
export const refresh = (given: Refresh = {}) => drive('refresh', given);

/** Every session of a user at the IdP ends, as if they had logged out elsewhere. */
export const endSessions = (user: UserName = 'alice') => drive('end-sessions', { user });

/** The IdP's clock goes forward until the next control, so that what it issued ages; the client's does not. */
export const passTime = (by: Duration) => drive('pass-time', { by });

/** The IdP starts anew without a store: its sessions, codes and tokens are gone, and it signs with other keys. */
export const restartIdp = () => drive('restart-idp');

/** A token of an earlier step is revoked at the IdP (RFC 7009): a refresh token takes all of its grant with it. */
export const revoke = (token: string): RevokeToken => ({ do: 'revoke', token });

/** The name of the refresh token that came with a named access token. */
export const refreshTokenOf = (token: string) => `${token} refresh`;

/** The IdP signs with a new key; the old one stays published or is withdrawn. */
export const rotateKeys = ({ withdraw = false } = {}): RotateKeys => ({ do: 'rotate-keys', withdraw });
