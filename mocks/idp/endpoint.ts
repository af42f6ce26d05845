import type { Seams } from '../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { Client } from './client.ts';
import type { Assertions } from './client-authentication/assertions.ts';
import type { Codes } from './codes.ts';
import type { Families, Family } from './families.ts';
import type { IdpSeam } from './faults.ts';
import type { Interactions } from './interactions.ts';
import type { Keyring } from './keyring.ts';
import type { Sessions } from './sessions.ts';
import type { Tokens } from './tokens.ts';
import type { User } from './users.ts';

/** URLs of the IdP's documents and functions. */
export interface Endpoints {
  readonly discovery: string;
  readonly jwks: string;
  readonly token: string;
  readonly introspection: string;
  readonly revocation: string;
  readonly authorization: string;
  readonly userinfo: string;
}

/** What an IdP is and holds, the same for every request. */
export interface Household {
  readonly issuer: string;
  readonly attackerUrl: string;
  readonly endpoints: Endpoints;
  /** Where the login and the consent page send their forms. */
  readonly interactionUrl: string;
  /** Scope values of the API; those of OpenID Connect are known besides. */
  readonly scopes: readonly string[];
  /** Of access and ID tokens; seconds. */
  readonly lifetime: number;
  /** Seconds. */
  readonly codeLifetime: number;
  /** Transform algorithms of PKCE (RFC 7636 §4.2). */
  readonly challengeMethods: readonly string[];
  /** Authentication context classes; the first one is that of every login (OIDC Core §2). */
  readonly acrs: readonly [string, ...string[]];
  /** Users are logged in without a page. */
  readonly autoLogin: boolean;
  readonly clients: readonly Client[];
  /** Client assertions that were used, and how strict the IdP is about them. */
  readonly assertions: Assertions;
  readonly users: readonly [User, ...User[]];
  readonly keyring: Keyring;
  readonly tokens: Tokens;
  readonly sessions: Sessions;
  readonly interactions: Interactions;
  readonly codes: Codes;
  readonly families: Families;
}

/** What an endpoint works with while it answers one request. */
export interface Visit extends Household {
  /** The IdP's clock, the same throughout the visit; milliseconds since 1970. */
  now(): number;
  /** A new token for a client. */
  issue(scope: string, to: string): Promise<string>;
  /** A new access token for what a user granted to a client. */
  issueFor(family: Family, scope: string): Promise<string>;
  /** A value as the faults on this seam leave it. */
  through<S extends IdpSeam>(seam: S, value: Seams[S]): Seams[S];
}

/** Answers one request, correctly. May throw a `Refusal`. */
export type EndpointHandler = (request: HttpRequest, visit: Visit) => HttpAnswer | Promise<HttpAnswer>;
