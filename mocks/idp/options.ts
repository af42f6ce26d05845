import type { Random } from '../../harness/model/fault.ts';
import type { Clock } from '../../harness/model/time.ts';
import type { Client } from './client.ts';
import type { AssertionPolicy } from './client-authentication/assertions.ts';
import type { User } from './users.ts';

export interface IdpOptions {
  /** Issuer identifier; it may have a path, and no trailing slash. */
  readonly issuer: string;
  readonly audience: string;
  /** Space-delimited scope values of the API; a token gets all of them when nobody asks for less. */
  readonly scope: string;
  readonly clock: Clock;
  readonly random: Random;
  /** The first one is the client that minted tokens are issued to. */
  readonly clients: readonly [Client, ...Client[]];
  /** How strict it is about client assertions. */
  readonly assertions?: AssertionPolicy;
  /** Who can log in; one user (`alice`, `wonderland`) when absent. */
  readonly users?: readonly [User, ...User[]];
  /**
   * Logs users in and lets them consent without a page: the one that `login_hint` names, else the first. `prompt=none`
   * still needs a session. Off when absent.
   */
  readonly autoLogin?: boolean;
  /** Authentication context class references (OIDC Core §2), the usual one first; `['1']` when absent. */
  readonly acrValues?: readonly [string, ...string[]];
  /** Whether PKCE may do without a hash (RFC 7636 §4.2); off when absent. */
  readonly plainPkce?: boolean;
  /** Serves a JWK Set with the foreign key. */
  readonly attackerUrl: string;
  /** Of access and ID tokens. Seconds; an hour when absent. */
  readonly accessTokenLifetime?: number;
  /** Seconds; a minute when absent. */
  readonly codeLifetime?: number;
  /** How long a refresh token may lie unused. Seconds; 30 days when absent. */
  readonly refreshTokenIdleLifetime?: number;
  /** How long a grant can be refreshed at all. Seconds; 180 days when absent. */
  readonly refreshTokenLifetime?: number;
  /** Issuers of different slots share no key material; 0 when absent. Making the keys of a new slot takes a while. */
  readonly keySlot?: number;
}
