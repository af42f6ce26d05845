import type { Json } from './json.ts';

/**
 * What a client is told to do: the instruction of a shim, one JSON object. `docs/shim.md` is the protocol for programs
 * in other languages. Every instruction carries the whole configuration, so that a program may live for one only.
 */
export type Instruction = ClientSettings & Memory & Deed;

/** What the harness remembers for a client, as a browser would with a cookie. */
export interface Memory {
  /** Whose browser it is. A client that lives on may remember by this name what it knows of a user. */
  readonly session: string;
  /** What the client's last answer for this session asked to keep, as it was; so a program may live for one instruction. */
  readonly kept?: Json;
}

/** What a client needs to know, named as in RFC 7591 and OpenID Connect Discovery. */
export interface ClientSettings {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
  readonly userinfo_endpoint: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly redirect_uri: string;
  /** Space-delimited. */
  readonly scope: string;
  /** PEM file with the authority to trust. */
  readonly ca_file: string;
}

export type Deed =
  /** Get a new token by client credentials (RFC 6749 §4.4), and GET `call` with it. */
  | { readonly do: 'client-credentials'; readonly call: string }
  /** Make an authorization request (RFC 6749 §4.1.1) and answer with its URL; remember `state`, `nonce` and verifier. */
  | { readonly do: 'begin-login' }
  /** The browser came back with this URL: check it, redeem the code, validate the ID token, and GET `call`. */
  | { readonly do: 'finish-login'; readonly callback: string; readonly call: string }
  /** Use the refresh token of the login (RFC 6749 §6), and GET `call` with what comes of it. */
  | { readonly do: 'refresh'; readonly call: string }
  /**
   * GET `call` with the token at hand, as the client does with a token that it has had for a while: if it would rather
   * refresh it first, or once the API has refused it, it does so.
   */
  | { readonly do: 'call'; readonly call: string };

/** What a client answers. */
export type ClientAnswer = Kept & (ClientSuccess | { readonly ok: false; readonly error: ClientError });

export interface ClientSuccess {
  readonly ok: true;
  /** Where the user must go: after `begin-login`. */
  readonly redirect?: string;
  /** What the API answered: after a call. An error status says that the work is not done. */
  readonly status?: number;
  /** Who logged in: after `finish-login`, where the client learns it. */
  readonly sub?: string;
}

interface Kept {
  /** To be given back as `kept` with the next instruction for this session; what was kept stays so when absent. */
  readonly keep?: Json;
}

/** An error as the client's own code would see it. */
export interface ClientError {
  readonly name: string;
  readonly message: string;
  /** The library's own code, or the OAuth error code. */
  readonly code?: string;
  readonly cause?: ClientError;
}

/** A client that people use through a browser: where they do what, and how to tell that they are logged in. */
export interface WebApplication {
  /** Where a login begins, below its public URL: `/login`. */
  readonly login: string;
  /** Its redirection URI, below its public URL: `/callback`. */
  readonly callback: string;
  /** A page that only a logged-in user sees; it calls the API where the client does. */
  readonly page: string;
  /** What that page says when the user is logged in there: matched against its status, a space and its text. */
  readonly loggedIn: RegExp;
}
