import type { Headers } from './http.ts';
import type { JsonObject } from './json.ts';

/** Parameters of a request or a response, each once. */
export interface Parameters {
  readonly [name: string]: string;
}

/** How an authorization response travels (OAuth 2.0 Multiple Response Types §2.1, Form Post Response Mode §2). */
export type ResponseMode = 'query' | 'fragment' | 'form_post';

/** An authorization response before it is a redirection, a form or a JWT. */
export interface AuthorizationResponse {
  readonly redirectUri: string;
  readonly mode: ResponseMode;
  /** `code`, `state`, `iss`, `error`, … */
  readonly parameters: Parameters;
}

/** How long what an IdP issues lives; seconds. */
export interface Lifetimes {
  readonly accessToken: number;
  readonly idToken: number;
  readonly code: number;
  /** From a refresh token's issue until it must have been used. */
  readonly refreshTokenIdle: number;
  /** From the grant on, however often it is refreshed. */
  readonly refreshTokenAbsolute: number;
  /** Of a `device_code` (RFC 8628 §3.2) and an `auth_req_id` (CIBA Core §7.3). */
  readonly deviceCode: number;
  /** Of a `request_uri` (RFC 9126 §2.2). */
  readonly requestUri: number;
}

/** A user who has logged in with one browser. */
export interface UserSession {
  readonly id: string;
  /** Subject identifier. */
  readonly sub: string;
  /** Seconds since 1970. */
  readonly authTime: number;
  /** OpenID Connect Core §2. */
  readonly acr: string;
  /** RFC 8176. */
  readonly amr: readonly string[];
}

/** What an IdP insists on. A correct one insists on everything that is a `boolean` here. */
export interface Policy {
  /** RFC 9700 §2.1: a redirection URI is the registered one, character by character. */
  readonly matchesRedirectUris: boolean;
  /** RFC 8252 §7.3: of a loopback redirection URI the port may be any. */
  readonly freesLoopbackPorts: boolean;
  /** RFC 6749 §3.2.1: confidential clients prove themselves. */
  readonly authenticatesClients: boolean;
  /** RFC 6749 §4.4, §5.2: a client gets tokens by the grants that it may use. */
  readonly limitsGrants: boolean;
  /** RFC 7636 §4.6. */
  readonly verifiesPkce: boolean;
  /** RFC 9700 §2.1.1: public clients must use PKCE. */
  readonly demandsPkce: boolean;
  /** RFC 6749 §4.1.2. */
  readonly codesSingleUse: boolean;
  /** RFC 6749 §4.1.3: a code is the client's to which it was issued, for the redirection URI it was issued for. */
  readonly bindsCodes: boolean;
  /** RFC 6749 §6. */
  readonly bindsRefreshTokens: boolean;
  /** RFC 9700 §4.14.2: each refresh gives a new token, and the reuse of an old one revokes the family. */
  readonly rotatesRefreshTokens: boolean;
  /** RFC 6749 §4.1.2, RFC 9700 §4.14.2: a code or refresh token that comes again ends the whole grant. */
  readonly revokesOnReplay: boolean;
  /** RFC 7009 §2.1: only the client to which a token was issued can revoke it. */
  readonly bindsRevocation: boolean;
  /** RFC 6749 §3.3: an unknown scope value is an error, not ignored. */
  readonly refusesUnknownScopes: boolean;
  /** RFC 7591 §2: a client gets scope values that it is registered for. */
  readonly limitsScopes: boolean;
  /** RFC 6749 §6: a new refresh token has the scope of the old one, however little was asked for with it. */
  readonly keepsRefreshScope: boolean;
  /** RFC 7009 §2.1: a revoked token is inactive from then on. */
  readonly heedsRevocation: boolean;
  /** OpenID Connect Core §10.1.1: a client's keys are fetched again when one is used that is not among them. */
  readonly refetchesClientKeys: boolean;
  /** OpenID Connect Core §6.2: request objects are fetched only from where their client has registered. */
  readonly limitsRequestUris: boolean;
  /** RFC 9101 §6: request objects are signed by their client, for this IdP. */
  readonly verifiesRequestObjects: boolean;
}

/** Whether something is granted. */
export interface Decision {
  /** Who asks. */
  readonly client: string;
  /** On whose behalf; absent when the client asks in its own name. */
  readonly sub?: string;
  /** Space-delimited; what is granted. */
  readonly scope: string;
  /** The error response in place of what was asked for: `error`, `error_description` and what a policy adds. */
  readonly refusal?: JsonObject;
  /** HTTP status of that refusal, where it is not a redirection; 400 when absent. */
  readonly status?: number;
}

/** A request that an IdP itself makes: for a document of a client's, or to tell it something. */
export interface OutgoingPlan {
  readonly method: 'GET' | 'POST';
  /** Absolute. */
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** Whether it is made at all. */
  readonly sent: boolean;
  /** Milliseconds that an answer may take. */
  readonly patience: number;
  /** How often it is made while nothing, or a server error, comes of it. */
  readonly tries: number;
  /** Whether the certificate of the other end is looked at. */
  readonly certificate: 'checked' | 'any';
}
