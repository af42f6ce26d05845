import type { CauseId } from './cause.ts';
import type { ConnectionPlan, HttpAnswer, HttpRequest, PlannedAnswer } from './http.ts';
import type { JsonObject } from './json.ts';
import type { Endpoint, Link } from './parties.ts';
import type { ProofDraft, TokenDraft } from './token.ts';

/** A fault's id: its family and its variant, `token/audience-wrong`. */
export type FaultId = string;

/** Randomness of one scenario on one target: the same for the same seed, whatever runs beside it. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [min, max]. */
  int(min: number, max: number): number;
  pick<T>(items: readonly T[]): T;
  /** `bytes` random bytes as lower-case hex. */
  hex(bytes: number): string;
}

/**
 * The places where a correct value can be changed, and what is changed there. A package that brings a seam of its
 * own adds it by declaration merging.
 */
export interface Seams {
  /** A token before it is signed and serialised. */
  'access-token': TokenDraft;
  /** An ID token of the mock IdP before it is signed and serialised (OpenID Connect Core §2). */
  'id-token': TokenDraft;
  /** A DPoP proof before it is signed. */
  'dpop-proof': ProofDraft;
  /** The mock IdP's discovery document (OpenID Connect Discovery 1.0 §3, RFC 8414 §2). */
  metadata: JsonObject;
  /** The mock IdP's JWK Set (RFC 7517 §5). */
  jwks: { readonly keys: readonly JsonObject[] };
  /** Answers of the mock IdP's authorization endpoint: redirections, forms that post themselves, and pages. */
  'authorize-answer': HttpAnswer;
  /** Answers of the mock IdP's token endpoint (RFC 6749 §5). */
  'token-answer': HttpAnswer;
  /** Answers of the mock IdP's introspection endpoint (RFC 7662 §2.2). */
  'introspection-answer': HttpAnswer;
  /** The mock IdP's clock, in milliseconds since 1970. */
  clock: number;
  /** A new connection on a link. */
  'link/connection': ConnectionPlan;
  /** A request on its way over a link. */
  'link/request': HttpRequest;
  /** An answer on its way back over a link. */
  'link/answer': PlannedAnswer;
}

export type Seam = keyof Seams;

/** The layer that a fault belongs to; `dns` to `document` sit on links, the others in the mock IdP. */
export type Layer =
  | 'dns'
  | 'tcp'
  | 'tls'
  | 'http'
  | 'document'
  | 'token'
  | 'flow'
  | 'lifecycle'
  | 'time'
  | 'policy'
  | 'load';

/** One named way to be broken: a small typed transform on a seam, and nothing else. */
export interface Fault<S extends Seam = Seam> {
  readonly id: FaultId;
  readonly layer: Layer;
  readonly seam: S;
  readonly cause: CauseId;
  /** One line: what is different from the correct value. */
  readonly summary: string;
  /** Returns the changed value; never changes the one it is given. */
  apply(value: Seams[S], random: Random): Seams[S];
}

/** A fault on any seam: what lists and registries hold. */
export type AnyFault = { [S in Seam]: Fault<S> }[Seam];

/** When a placed fault acts. */
export type Schedule = { readonly when: 'always' } | { readonly when: 'first'; readonly count: number };

/** A fault and where it sits. */
export interface PlacedFault {
  readonly fault: AnyFault;
  /** A link, or `idp` for the mock IdP's seams. */
  readonly on: Link | 'idp';
  /** On a link: only exchanges with this endpoint; all of them when absent. */
  readonly at?: Endpoint;
  readonly schedule: Schedule;
}
