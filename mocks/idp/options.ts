import type { Random } from '../../harness/model/fault.ts';
import type { Lifetimes, Policy } from '../../harness/model/issuing.ts';
import type { Clock } from '../../harness/model/time.ts';
import type { AssertionPolicy } from './client-authentication/assertions.ts';
import type { CustomGrant } from './grants/custom.ts';
import type { PlannedCall } from './outgoing.ts';
import type { Client } from './registration/client.ts';
import type { RegistrationPolicy } from './registration/registrations.ts';
import type { User } from './sessions/users.ts';
import type { TrustedIssuer } from './tokens/trusted-issuers.ts';

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
  /**
   * Authentication context class references (OIDC Core §2), the usual one first, each more than those before it; `['1']`
   * when absent.
   */
  readonly acrValues?: readonly [string, ...string[]];
  /** Whether PKCE may do without a hash (RFC 7636 §4.2); off when absent. */
  readonly plainPkce?: boolean;
  /**
   * JWS algorithms to have keys for from the beginning; the first one signs access tokens. RS256 and ES256 when absent.
   * What is for clients is signed with RS256 if it is among them, else with the first one; keys of further ones are made
   * when a client wants them.
   */
  readonly signingAlgs?: readonly [string, ...string[]];
  /** What access tokens look like when their client says nothing else; `jwt` when absent. */
  readonly accessTokenFormat?: 'jwt' | 'opaque';
  /** APIs that tokens can be for, besides `audience` (RFC 8707 §2); any with https or on this machine when absent. */
  readonly resources?: readonly string[];
  /** Types of authorization details that it knows (RFC 9396 §5); none when absent. */
  readonly authorizationDetailsTypes?: readonly string[];
  /** Clients must push their authorization requests (RFC 9126 §5), unless registered otherwise; off when absent. */
  readonly requirePushedRequests?: boolean;
  /** Clients must sign their authorization requests (RFC 9101 §10.5), unless registered otherwise; off when absent. */
  readonly requireSignedRequests?: boolean;
  /** Grants that OAuth 2.1 has left behind (RFC 9700 §2.1.2, §2.4); none when absent. */
  readonly legacy?: readonly ('password' | 'implicit')[];
  /** Further grants, each a function. */
  readonly grants?: readonly CustomGrant[];
  /** Whose assertions are worth tokens (RFC 7523 §2.1), besides those of the clients themselves. */
  readonly trustedIssuers?: readonly TrustedIssuer[];
  /** Seconds that a client has to wait between two polls (RFC 8628 §3.2, CIBA Core §7.3); 5 when absent. */
  readonly pollingInterval?: number;
  /** Who may register clients (RFC 7591 §3); everybody when absent. */
  readonly registration?: RegistrationPolicy;
  /** How the IdP itself makes requests: logout tokens, documents of clients. It makes none when absent. */
  readonly call?: PlannedCall;
  /** Origins of the pages that may call it; any when absent. */
  readonly corsOrigins?: readonly string[];
  /**
   * Whether a DPoP proof must have a nonce of the IdP (RFC 9449 §8), may have one, or the IdP gives none; `off` when
   * absent.
   */
  readonly dpopNonce?: 'required' | 'offered' | 'off';
  /**
   * Its links ask for client certificates, so it offers what needs them (RFC 8705). When absent: if `clientAuthorities` or
   * `mtlsOrigin` is given.
   */
  readonly clientCertificates?: boolean;
  /** Authorities (PEM) that issue certificates for clients with `tls_client_auth` (RFC 8705 §2.1); none when absent. */
  readonly clientAuthorities?: readonly string[];
  /** Origin of a further link that asks for client certificates: `mtls_endpoint_aliases` lead there (RFC 8705 §5). */
  readonly mtlsOrigin?: string;
  /** Serves a JWK Set with the foreign key. */
  readonly attackerUrl: string;
  /** Those that differ from the usual ones (`lifetimes.ts`). Seconds. */
  readonly lifetimes?: Partial<Lifetimes>;
  /** What it does not insist on. Only for an IdP that shall be wrong for good: a fault on `policy` can be cleared. */
  readonly policy?: Partial<Policy>;
  /** Issuers of different slots share no key material; 0 when absent. Making the keys of a new slot takes a while. */
  readonly keySlot?: number;
}
