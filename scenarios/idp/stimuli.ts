import type {
  AskIdp,
  Authorize,
  IdpRequest,
  Lifetime,
  LogOut,
  RotateClientKey,
  WaitOut,
} from '../../harness/model/step.ts';
import type { Duration } from '../../harness/model/time.ts';

type Asked = Omit<AskIdp, 'do' | 'what'>;

const asking =
  (what: IdpRequest) =>
  (changes: Asked = {}): AskIdp => ({ do: 'ask-idp', what, ...changes });

/** Send a user to log in; what comes back is kept as `login` when nothing else is said. */
export const authorize = (changes: Omit<Authorize, 'do'> = {}): Authorize => ({ do: 'authorize', ...changes });

/** Redeem the kept code (RFC 6749 §4.1.3). */
export const redeem = asking('redeem');
/** Use the kept refresh token (RFC 6749 §6). */
export const refresh = asking('refresh');
/** Ask for a token in the client's own name (RFC 6749 §4.4.2). */
export const clientCredentials = asking('client-credentials');
/** A token request with nothing but its client's authentication. */
export const askForToken = asking('token');
/** RFC 7662 §2.1. */
export const introspect = asking('introspect');
/** RFC 7009 §2.1. */
export const revoke = asking('revoke-at-idp');
/** OpenID Connect Core §5.3.1. */
export const userinfo = asking('userinfo');
/** RFC 8414 §3.1, OpenID Connect Discovery §4.1. */
export const readDiscovery = asking('discovery');
/** RFC 7517 §5. */
export const readJwks = asking('jwks');

/** Wait until what was issued has expired. */
export const waitOut = (lifetime: Lifetime): WaitOut => ({ do: 'wait-out', lifetime });

/** The right scope without its last value, which is one of the API's. */
export const allButLast = (scope: string) => scope.replace(/ \S+$/, '');

/** Let the client with keys of its own take a new one. */
export const rotateClientKey: RotateClientKey = { do: 'rotate-client-key' };

/** Send the user of a browser to log out (RP-Initiated Logout 1.0 §2). */
export const logOut = (changes: Omit<LogOut, 'do'>): LogOut => ({ do: 'log-out', ...changes });

/** Wait for a time that the specification speaks of. */
export const waitFor = (time: Duration): WaitOut => ({ do: 'wait-out', time });
