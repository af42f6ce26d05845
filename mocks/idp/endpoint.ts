import type { Seams } from '../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { RegisteredClient } from './client-authentication.ts';
import type { IdpSeam } from './faults.ts';
import type { Keyring } from './keyring.ts';
import type { Tokens } from './tokens.ts';

/** URLs of the IdP's documents and functions. */
export interface Endpoints {
  readonly discovery: string;
  readonly jwks: string;
  readonly token: string;
  readonly introspection: string;
  readonly revocation: string;
  readonly authorization: string;
}

/** What an endpoint works with while it answers one request. */
export interface Visit {
  readonly issuer: string;
  readonly attackerUrl: string;
  readonly endpoints: Endpoints;
  /** Scope values that the IdP knows. */
  readonly scopes: readonly string[];
  /** Seconds. */
  readonly lifetime: number;
  readonly clients: readonly RegisteredClient[];
  readonly keyring: Keyring;
  readonly tokens: Tokens;
  /** The IdP's clock, the same throughout the visit; milliseconds since 1970. */
  now(): number;
  /** A new token for a client. */
  issue(scope: string, to: string): Promise<string>;
  /** A value as the faults on this seam leave it. */
  through<S extends IdpSeam>(seam: S, value: Seams[S]): Seams[S];
}

/** Answers one request, correctly. May throw a `Refusal`. */
export type EndpointHandler = (request: HttpRequest, visit: Visit) => HttpAnswer | Promise<HttpAnswer>;
