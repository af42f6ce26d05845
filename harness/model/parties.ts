/** What a target can be. A `chain` is several targets in a row, judged together and hop by hop. */
export type Role = 'client' | 'gateway' | 'idp' | 'chain';

/**
 * Who takes part in a stage. Known parties are `caller`, `client`, `gateway`, `idp`, `api`, `browser` and
 * `attacker` (a host that only a flawed target ever contacts); a chain adds its own. `caller` is the harness itself, as
 * whoever calls the target: the API's client, the IdP's client, the client's user.
 */
export type Party = string;

/** A wire between two parties, written from the one that connects: `gateway→idp`. */
export type Link = `${Party}→${Party}`;

/** The documents and functions of an IdP that can be addressed on a link. */
export const endpoints = [
  'discovery',
  'jwks',
  'token',
  'introspection',
  'revocation',
  'authorization',
  'userinfo',
  /** RFC 9126. */
  'pushed-authorization',
  /** RFC 8628; its verification page is a part of it. */
  'device-authorization',
  /** OpenID Connect Client-Initiated Backchannel Authentication 1.0. */
  'backchannel-authentication',
  /** RFC 7591 and RFC 7592. */
  'registration',
  /** OpenID Connect RP-Initiated Logout 1.0. */
  'end-session',
  /** OpenID Connect Session Management 1.0 §3.3. */
  'check-session',
  /** OpenID Connect Discovery 1.0 §2. */
  'webfinger',
  /** A client's own, as `jwks` may be on `idp→client`: its request object (RFC 9101 §5.2). */
  'request-object',
  /** A client's own: where it is told of a logout (OpenID Connect Back-Channel Logout 1.0 §2.2). */
  'backchannel-logout',
  'other',
] as const;

export type Endpoint = (typeof endpoints)[number];

/** Those that are an IdP's own. */
export type IdpEndpoint = Exclude<Endpoint, 'other' | 'request-object' | 'backchannel-logout'>;
