import type { Random } from '../../harness/model/fault.ts';
import type { Lifetimes, Policy } from '../../harness/model/issuing.ts';
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
  /** Monotonic milliseconds, for the schedules of faults; the machine's when absent. */
  elapsed?(): number;
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
  /**
   * JWS algorithms to have keys for from the beginning; the first one signs access tokens. RS256 and ES256 when absent.
   * Keys of further ones are made when a client wants them.
   */
  readonly signingAlgs?: readonly [string, ...string[]];
  /** What access tokens look like when their client says nothing else; `jwt` when absent. */
  readonly accessTokenFormat?: 'jwt' | 'opaque';
  /** Origins of the pages that may call it; any when absent. */
  readonly corsOrigins?: readonly string[];
  /** Serves a JWK Set with the foreign key. */
  readonly attackerUrl: string;
  /** Those that differ from the usual ones (`lifetimes.ts`). Seconds. */
  readonly lifetimes?: Partial<Lifetimes>;
  /** What it does not insist on. Only for an IdP that shall be wrong for good: a fault on `policy` can be cleared. */
  readonly policy?: Partial<Policy>;
  /** Issuers of different slots share no key material; 0 when absent. Making the keys of a new slot takes a while. */
  readonly keySlot?: number;
}
