import type { Fault } from './fault.ts';
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

/** Several steps at once, each by an actor of its own. */
export interface InParallel {
  readonly do: 'parallel';
  readonly steps: readonly { readonly actor: Party; readonly step: Step }[];
}

/** A step of a kind that a role's driver brings: `redeem-code`, `log-in`, `open-page`. */
export interface DriverStep {
  readonly do: 'drive';
  readonly what: string;
  readonly with: { readonly [name: string]: string | number | boolean };
}

/** What is done to the target. */
export type Step = CallApi | RevokeToken | RotateKeys | InParallel | DriverStep;

/** What a step came to. `indeterminate` is silence, a crash or a time-out: it never counts as a refusal. */
export type StepOutcome = 'accepted' | 'refused' | 'indeterminate';

/** The times that a target declares, each with its source in its documentation. */
export type DeclaredTime = 'leeway' | 'keyCache' | 'keyRefresh' | 'introspectionCache' | 'recovery' | 'deadline';

/** A declared value and where the documentation says so. */
export interface Declared {
  readonly value: Duration;
  readonly source: string;
}
