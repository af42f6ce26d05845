import type { Fault, PlacedFault } from './fault.ts';
import type { Headers } from './http.ts';
import type { JsonObject } from './json.ts';
import type { Party } from './parties.ts';
import type { Duration } from './time.ts';

/** How to make a token: a valid one, made wrong by these flaws, in this order. */
export interface TokenRecipe {
  readonly format: 'jwt' | 'opaque';
  readonly flaws: readonly Fault<'access-token'>[];
  /** Space-delimited scope values; the scope that the target's API needs when absent. */
  readonly scope?: string;
  /** Id of the client that it is issued to; the IdP's first one when absent. */
  readonly client?: string;
  /** Its subject identifier; the client itself when absent. */
  readonly sub?: string;
  /** Further claims, or others in place of the usual ones. */
  readonly claims?: JsonObject;
  /** The same name is the same token again within one scenario. */
  readonly name?: string;
}

/** How to make a DPoP proof of the request that it goes with (RFC 9449 §4.2): a valid one, changed by these flaws. */
export interface ProofRecipe {
  readonly flaws: readonly Fault<'dpop-proof'>[];
  /** The name of its field. Default `DPoP`. */
  readonly field?: string;
}

/** Where the token stands in the request (RFC 6750 §2). */
export type Placement = 'header' | 'query' | 'cookie' | 'form';

/** Call the protected API through the gateway. */
export interface CallApi {
  readonly do: 'call-api';
  /** No token at all when absent. */
  readonly token?: TokenRecipe;
  /** Default `header`. */
  readonly placement?: Placement | readonly Placement[];
  /** Default `Bearer`, or `DPoP` with a proof. */
  readonly scheme?: string;
  /** Binds the token to a key and proves that the caller has it. */
  readonly proof?: ProofRecipe;
  /** The whole `Authorization` value instead of scheme and token; `{token}` stands for the token. Two make two fields. */
  readonly authorization?: readonly string[];
  readonly method?: string;
  /** The query of the request, without its question mark. */
  readonly query?: string;
  readonly headers?: Headers;
  /** Repeat the call until the API answered, at most the duration the target declares for this; the time is measured. */
  readonly until?: {
    readonly outcome: 'accepted' | 'refused';
    readonly measure: string;
    readonly declared: DeclaredTime;
  };
  /** Wait for as long as `deadlines.outlast` until the gateway gives up; how long that took is measured. */
  readonly outlast?: true;
}

/** Give a token back to the IdP (RFC 7009). */
export interface RevokeToken {
  readonly do: 'revoke';
  /** The name of a token of this scenario. */
  readonly token: string;
}

/** Let the mock IdP sign with a new key; the old one stays published or is withdrawn. */
export interface RotateKeys {
  readonly do: 'rotate-keys';
  readonly withdraw: boolean;
}

/**
 * What is sent in place of the right value: another one (`{right}` stands for the right one, `{code}`, `{access_token}`,
 * … for what is kept, `{stolen.code}` for what is kept under another name, `{username}` and `{password}` for the user's,
 * `{scope}` for the scope of a login and `{scope.less}` for it without its last value),
 * several one after another, one made of the right one, or nothing (`null`).
 */
export type Change = string | readonly string[] | ((right: string) => string) | null;

/** Changes by the name of a parameter or of a header field. Names that the right request lacks are added. */
export interface Changes {
  readonly [name: string]: Change;
}

/** Which client of the IdP (`IdpWiring`). */
export type ClientRole = 'confidential' | 'public' | 'other' | 'awkward' | 'assertion' | 'key' | 'logout';

/** How a client authenticates (RFC 6749 §2.3.1, OpenID Connect Core §9). */
export interface ClientAuthentication {
  /**
   * Default: as the IdP says it likes it for a client with a secret, `none` for a public one. `none` sends `client_id`
   * alone, `nothing` not even that, `both` in the header and in the form, `query` in the URL, `jwt` a
   * `client_secret_jwt` assertion, `key` one that is signed with the client's own key (`private_key_jwt`).
   */
  readonly by?: 'basic' | 'post' | 'both' | 'query' | 'jwt' | 'key' | 'none' | 'nothing';
  readonly id?: Change;
  readonly secret?: Change;
  /** The whole `Authorization` value; `{right}` stands for the right one. */
  readonly header?: Change;
  /** `false`: id and secret go into Basic without being form-encoded first, as RFC 6749 §2.3.1 wants it. */
  readonly encoded?: false;
  /** The claims of the assertion, made of the right ones. */
  readonly claims?: (right: JsonObject) => JsonObject;
  /** The signed assertion; `{right}` stands for the right one. */
  readonly assertion?: Change;
  /** How an assertion by `key` is signed, where not with the client's own key. */
  readonly signed?: Signed;
}

/**
 * How a JWT of a client is signed, if not with its own key: with one that it never published (under its own key's id),
 * by HMAC with its public key for a secret, or with another algorithm of its own key.
 */
export type Signed = 'foreign' | 'public-as-secret' | 'PS256';

/** An authorization request by reference (RFC 9101 §5.2, OpenID Connect Core §6.2): the client publishes the right one, changed. */
export interface RequestObject {
  /** Its claims, made of the right ones. */
  readonly claims?: (right: JsonObject) => JsonObject;
  readonly signed?: Signed;
  /** What is published; `{right}` stands for the right, signed one. */
  readonly jwt?: Change;
  /** Published and named somewhere that is not registered. */
  readonly unregistered?: true;
}

/** What a request to an IdP is for. `token` is a token request with nothing but its client. */
export type IdpRequest =
  | 'redeem'
  | 'refresh'
  | 'client-credentials'
  | 'token'
  | 'introspect'
  | 'revoke-at-idp'
  | 'userinfo'
  | 'discovery'
  | 'jwks';

/** Send a request to the IdP: the right one of its kind, changed. */
export interface AskIdp {
  readonly do: 'ask-idp';
  readonly what: IdpRequest;
  /** The name of what is kept that it is about. Default `login`. */
  readonly of?: string;
  /** Keeps what comes of it under this name. Default: under the name that it is about. */
  readonly keep?: string;
  /** Default: the one that it was kept for, else `confidential`. */
  readonly client?: ClientRole;
  readonly authentication?: ClientAuthentication;
  /** Which of the kept tokens is introspected, revoked or used. Default `access_token`. */
  readonly token?: 'access_token' | 'refresh_token' | 'id_token' | 'code';
  readonly parameters?: Changes;
  /** Where the parameters go. Default: `query` for GET and HEAD, else `body`. */
  readonly in?: 'body' | 'query';
  /** Further parameters in the URL. */
  readonly query?: Changes;
  readonly method?: string;
  readonly headers?: Changes;
  /** How the body is written, and the `Content-Type` that says so. Default `form`. */
  readonly encoding?: 'form' | 'json' | 'multipart' | 'none';
  /** The body as it stands, whatever the parameters are; `{right}` stands for the right one. */
  readonly body?: Change;
  /** The access token that it gets is introspected where the IdP does that, so that an opaque one says what it is for. */
  readonly introspected?: true;
  /** What it must come to where it is not the last step. Default `accepted`. */
  readonly comesTo?: 'refused' | 'either';
  /** Repeat it until it has this outcome, at most the duration that the target declares; the time is measured. */
  readonly until?: NonNullable<CallApi['until']>;
}

/** Send a user to the authorization endpoint, let them log in and consent, and take the response. */
export interface Authorize {
  readonly do: 'authorize';
  /** Keeps what comes of it under this name. Default `login`. */
  readonly keep?: string;
  /** Default `confidential`. */
  readonly client?: ClientRole;
  readonly parameters?: Changes;
  /** The parameters go into a request object that the client publishes, and the browser is sent with a reference to it. */
  readonly byReference?: RequestObject;
  /** Without PKCE (RFC 7636), which is there by default. */
  readonly pkce?: false;
  /** Default `GET`. */
  readonly method?: string;
  readonly headers?: Changes;
  /** What the user does. Default `consents`. `leaves` stops at the first page. */
  readonly user?: 'consents' | 'denies' | 'leaves' | 'mistypes';
  /** The same name is the same browser, with its cookies, within one scenario; a new one when absent. */
  readonly browser?: string;
  /** Where it is not the last step it must be accepted, unless `anything` will do, silence too. */
  readonly comesTo?: 'anything';
}

/** Send a user to the IdP to log out (OpenID Connect RP-Initiated Logout 1.0 §2), and let them say yes if they are asked. */
export interface LogOut {
  readonly do: 'log-out';
  /** The name of the login that ends. Default `login`. */
  readonly of?: string;
  /** The browser in which it was. */
  readonly browser: string;
}

/** Let the client with keys of its own sign with a new one; its JWK Set has that one alone from then on. */
export interface RotateClientKey {
  readonly do: 'rotate-client-key';
}

/** What a target declares a time to live for. */
const lifetimes = ['codeLifetime', 'accessTokenLifetime', 'refreshTokenLifetime'] as const;
export type Lifetime = (typeof lifetimes)[number];

/**
 * Wait until what the target issued has expired, or for a time that the specification speaks of: by its clock where it
 * takes one, else by everybody's.
 */
export type WaitOut = { readonly do: 'wait-out' } & (
  | { readonly lifetime: Lifetime; readonly time?: undefined }
  | { readonly time: Duration; readonly lifetime?: undefined }
);

/**
 * Freeze the target for a moment, end it as a crash would and start it again, or take it off its network for a moment.
 * Whatever comes next finds it back.
 */
export interface Interrupt {
  readonly do: 'interrupt';
  readonly how: 'freeze' | 'kill' | 'cut-off';
}

/** Several steps at once, each by an actor of its own. */
export interface InParallel {
  readonly do: 'parallel';
  readonly steps: readonly { readonly actor: Party; readonly step: Step }[];
}

/**
 * Do something with more and more of a time, and find by halving how much of it the target still accepts: the most that
 * it did is measured, to a second.
 */
export interface Ladder {
  readonly do: 'ladder';
  /** What is measured, and what the target declares it by. */
  readonly measure: DeclaredTime;
  /** More than anybody should accept: it is tried first. */
  readonly upTo: Duration;
  /** What is done with so much of it, and what stands meanwhile. */
  readonly rung: (by: Duration) => { readonly step: CallApi | DriverStep; readonly placed?: PlacedFault };
}

/** A step of a kind that a role's driver brings: `redeem-code`, `log-in`, `open-page`. */
export interface DriverStep {
  readonly do: 'drive';
  readonly what: string;
  readonly with: { readonly [name: string]: string | number | boolean };
}

/** What is done to the target. */
export type Step =
  | CallApi
  | RevokeToken
  | RotateKeys
  | InParallel
  | Ladder
  | DriverStep
  | AskIdp
  | Authorize
  | LogOut
  | RotateClientKey
  | WaitOut
  | Interrupt;

/** What a step came to. `indeterminate` is silence, a crash or a time-out: it never counts as a refusal. */
export type StepOutcome = 'accepted' | 'refused' | 'indeterminate';

/** The times that a target declares, each with its source in its documentation. */
export const declaredTimes = [
  'leeway',
  'keyCache',
  'keyRefresh',
  'introspectionCache',
  'recovery',
  'deadline',
  ...lifetimes,
] as const;
export type DeclaredTime = (typeof declaredTimes)[number];

/** A declared value and where the documentation says so. */
export interface Declared {
  readonly value: Duration;
  readonly source: string;
}
