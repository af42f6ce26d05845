import type { X509Certificate } from 'node:crypto';
import type { Random } from '../../harness/model/fault.ts';
import type { HttpAnswer, HttpRequest } from '../../harness/model/http.ts';
import type { Decision, Lifetimes, Policy, UserSession } from '../../harness/model/issuing.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import type { IdpEndpoint } from '../../harness/model/parties.ts';
import type { SigningKey } from '../../harness/model/token.ts';
import type { Codes } from './authorization/codes.ts';
import type { DeviceInteraction, Interactions, LogoutInteraction } from './authorization/interactions.ts';
import type { PushedRequests } from './authorization/pushed-requests.ts';
import type { Wanted } from './authorization/requested-claims.ts';
import type { Assertions } from './client-authentication/assertions.ts';
import type { IdpSeam, Passage } from './faults.ts';
import type { Grant } from './grants/grant.ts';
import type { Guesses } from './other-device/guesses.ts';
import type { PendingRequests } from './other-device/pending.ts';
import type { Call, PlannedCall } from './outgoing.ts';
import type { ClientKeys } from './registration/client-keys.ts';
import type { Clients } from './registration/clients.ts';
import type { RegistrationPolicy, Registrations } from './registration/registrations.ts';
import type { Dpop } from './sender-constraint/dpop.ts';
import type { Sessions } from './sessions/sessions.ts';
import type { Users } from './sessions/users.ts';
import type { Families } from './tokens/families.ts';
import type { Keyring } from './tokens/keyring.ts';
import type { Tokens } from './tokens/tokens.ts';
import type { TrustedIssuer } from './tokens/trusted-issuers.ts';

/** URLs of the IdP's documents and functions. */
export type Endpoints = { readonly [E in IdpEndpoint]: string };

/** What an IdP is and holds, the same for every request. */
export interface Household {
  /** What is random about all that the IdP makes. */
  readonly random: Random;
  readonly issuer: string;
  readonly attackerUrl: string;
  readonly endpoints: Endpoints;
  /** Identifier of the API that access tokens are for when nobody names another one. */
  readonly audience: string;
  /** Scope values of the API; those of OpenID Connect are known besides. */
  readonly scopes: readonly string[];
  /** Transform algorithms of PKCE (RFC 7636 §4.2). */
  readonly challengeMethods: readonly string[];
  /** Authentication context classes; the first one is that of every login (OIDC Core §2). */
  readonly acrs: readonly [string, ...string[]];
  /** APIs that tokens can be for, besides `audience`; any plausible one when absent. */
  readonly resources: readonly string[] | undefined;
  readonly authorizationDetailsTypes: readonly string[];
  /** How authorization requests must come, unless their client is registered otherwise. */
  readonly requires: { readonly pushed: boolean; readonly signed: boolean };
  readonly pushedRequests: PushedRequests;
  /** What UserInfo tells on request (OIDC Core §5.5), by access token. */
  readonly userinfoRequests: Map<string, Wanted>;
  /** Users are logged in without a page. */
  readonly autoLogin: boolean;
  /** JWS algorithm of what is for a client that registered no other. */
  readonly clientAlg: string;
  /** What access tokens look like when their client says nothing else. */
  readonly accessTokenFormat: 'jwt' | 'opaque';
  readonly clients: Clients;
  readonly clientKeys: ClientKeys;
  /** Client assertions that were used, and how strict the IdP is about them. */
  readonly assertions: Assertions;
  readonly users: Users;
  readonly keyring: Keyring;
  readonly tokens: Tokens;
  readonly sessions: Sessions;
  readonly interactions: Interactions;
  readonly codes: Codes;
  /** What makes pairwise identifiers unpredictable (OIDC Core §8.1). */
  readonly pairwiseSalt: string;
  /** How DPoP proofs are judged. */
  readonly dpop: Dpop;
  /** Where the IdP asks for client certificates (RFC 8705 §5), if that is elsewhere. */
  readonly mtlsOrigin: string | undefined;
  /** Whether links ask for client certificates. */
  readonly clientCertificates: boolean;
  /** Authorities whose client certificates are trusted. */
  readonly clientAuthorities: readonly X509Certificate[];
  readonly families: Families;
  /** What waits for users on other devices. */
  readonly pending: PendingRequests;
  /** The pages at which users enter codes of devices. */
  readonly deviceInteractions: Interactions<DeviceInteraction>;
  readonly guesses: Guesses;
  /** Grants that are off unless asked for. */
  readonly legacy: readonly ('password' | 'implicit')[];
  /** Every grant that the token endpoint offers. */
  readonly grants: readonly Grant[];
  readonly trustedIssuers: readonly TrustedIssuer[];
  /** Users who were asked whether they want to log out. */
  readonly logouts: Interactions<LogoutInteraction>;
  readonly registrations: Registrations;
  readonly registrationPolicy: RegistrationPolicy;
  /** How the IdP itself makes requests; it cannot when absent. */
  readonly call: PlannedCall | undefined;
}

/** What an endpoint works with while it answers one request. */
export interface Visit extends Omit<Household, 'call'>, Passage {
  /** How the IdP itself makes requests; it cannot when absent. */
  readonly call: Call | undefined;
  /** The IdP's clock, the same throughout the visit; milliseconds since 1970. */
  now(): number;
  /** Seconds. */
  lifetime(of: keyof Lifetimes): number;
  insistsOn(what: keyof Policy): boolean;
  /** Keys that are signed with, the usual one first. */
  signingKeys(): readonly SigningKey[];
  /** Who is logged in with the browser that sent a request. */
  session(request: HttpRequest): UserSession | undefined;
  /** A decision to grant, as the faults leave it. */
  decide(granted: Decision): Decision;
  /** The metadata document. */
  metadata(): JsonObject;
}

/** Answers one request, correctly. May throw a `Refusal`. */
export type EndpointHandler = (request: HttpRequest, visit: Visit) => HttpAnswer | Promise<HttpAnswer>;

/** A document or function of the IdP. */
export interface EndpointDefinition {
  readonly name: IdpEndpoint;
  /**
   * Paths at which it answers, the one in the metadata first.
   * @param base path of the issuer, empty or without a trailing slash
   */
  paths(base: string): readonly string[];
  readonly handle: EndpointHandler;
  /** Pages of other origins may call it (OAuth 2.0 for Browser-Based Applications). */
  readonly crossOrigin?: true;
  /** Where faults change its answers. */
  readonly answers?: IdpSeam & `${string}-answer`;
  /** What the metadata document says of it. */
  metadata?(household: Household): JsonObject;
}
