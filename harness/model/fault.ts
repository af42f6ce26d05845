import type { CauseId } from './cause.ts';
import type { ConnectionPlan, HttpAnswer, HttpRequest, PlannedAnswer } from './http.ts';
import type {
  AuthorizationResponse,
  Decision,
  Lifetimes,
  OutgoingPlan,
  Parameters,
  Policy,
  UserSession,
} from './issuing.ts';
import type { JsonObject } from './json.ts';
import type { NamePlan } from './name.ts';
import type { Endpoint, Link, Party } from './parties.ts';
import type { StreamPlan } from './stream.ts';
import type { Duration } from './time.ts';
import type { HandshakePlan } from './tls.ts';
import type { ProofDraft, SigningKey, TokenDraft } from './token.ts';

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
  /** An access token before it is signed and serialised (RFC 9068 §2). */
  'access-token': TokenDraft;
  /** An ID token of the mock IdP before it is signed and serialised (OpenID Connect Core §2). */
  'id-token': TokenDraft;
  /** A logout token of the mock IdP (OpenID Connect Back-Channel Logout §2.4). */
  'logout-token': TokenDraft;
  /** An authorization response of the mock IdP as a JWT (JARM §2.1). */
  'response-token': TokenDraft;
  /** A signed UserInfo answer of the mock IdP (OpenID Connect Core §5.3.2). */
  'userinfo-token': TokenDraft;
  /** A signed introspection answer of the mock IdP (RFC 9701 §5). */
  'introspection-token': TokenDraft;
  /** A DPoP proof before it is signed. */
  'dpop-proof': ProofDraft;
  /** The mock IdP's discovery document (OpenID Connect Discovery 1.0 §3, RFC 8414 §2). */
  metadata: JsonObject;
  /** Answers at the places of the mock IdP's discovery document, after `metadata`. */
  'discovery-answer': HttpAnswer;
  /** The mock IdP's JWK Set (RFC 7517 §5). */
  jwks: { readonly keys: readonly JsonObject[] };
  /** A request to the mock IdP, as it will understand it. Whose it is, is not known yet: bind no fault here. */
  request: HttpRequest;
  /** The parameters of an authorization request, as the mock IdP will understand it (RFC 6749 §4.1.1). */
  'authorize-request': Parameters;
  /** An authorization response of the mock IdP before it takes shape (RFC 6749 §4.1.2). */
  'authorize-response': AuthorizationResponse;
  /** What the mock IdP's authorization endpoint sends: redirections, forms that post themselves, and pages. */
  'authorize-answer': HttpAnswer;
  /** The parameters of a token request, as the mock IdP will understand it (RFC 6749 §4.1.3). */
  'token-request': Parameters;
  /** Answers of the mock IdP's token endpoint (RFC 6749 §5). */
  'token-answer': HttpAnswer;
  /** Answers of the mock IdP's introspection endpoint (RFC 7662 §2.2). */
  'introspection-answer': HttpAnswer;
  /** Answers of the mock IdP's revocation endpoint (RFC 7009 §2.2). */
  'revocation-answer': HttpAnswer;
  /** Answers of the mock IdP's UserInfo endpoint (OpenID Connect Core §5.3.2). */
  'userinfo-answer': HttpAnswer;
  /** Answers of the mock IdP's pushed authorization request endpoint (RFC 9126 §2.2). */
  'pushed-authorization-answer': HttpAnswer;
  /** Answers of the mock IdP's device authorization endpoint (RFC 8628 §3.2). */
  'device-authorization-answer': HttpAnswer;
  /** Answers of the mock IdP's backchannel authentication endpoint (CIBA Core §7.3). */
  'backchannel-authentication-answer': HttpAnswer;
  /** Answers of the mock IdP's client registration endpoint (RFC 7591 §3.2). */
  'registration-answer': HttpAnswer;
  /** Where a logout sends the browser (RP-Initiated Logout §3), and its pages. */
  'end-session-answer': HttpAnswer;
  /** A request that the mock IdP itself makes: a logout token, a ping, a document of a client. */
  'outgoing-request': OutgoingPlan;
  /** The JSON Resource Descriptor of WebFinger (RFC 7033 §4.4). */
  'webfinger-answer': HttpAnswer;
  /** Any error that the mock IdP answers in JSON (RFC 6749 §5.2), whichever endpoint says it. */
  'error-answer': HttpAnswer;
  /** How long what the mock IdP issues lives. */
  lifetimes: Lifetimes;
  /** The mock IdP's clock, in milliseconds since 1970. */
  clock: number;
  /** The keys that the mock IdP signs with, the usual one first; its JWK Set is another seam. */
  keyring: readonly SigningKey[];
  /** The session that the mock IdP finds for a browser; `undefined` when nobody is logged in. */
  session: UserSession | undefined;
  /** What the mock IdP insists on. */
  policy: Policy;
  /** Whether what a user or a client asks for is granted. */
  decision: Decision;
  /** What a name server answers to whoever wants to open a link. */
  'link/name': NamePlan;
  /** A new connection on a link. */
  'link/connection': ConnectionPlan;
  /** The TLS handshake of a new connection on a link. */
  'link/handshake': HandshakePlan;
  /** A request on its way over a link. */
  'link/request': HttpRequest;
  /** An answer on its way back over a link. */
  'link/answer': PlannedAnswer;
  /** The bytes of a connection on a link that carries no HTTP. */
  'link/stream': StreamPlan;
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

/**
 * When a placed fault acts. Numbers count the occasions on which it would change something; times run from its
 * placing. Until it is cleared, in any case.
 */
export type Schedule =
  | { readonly when: 'always' }
  | { readonly when: 'first'; readonly count: number }
  /** On the `nth` occasion, and on every `nth` from there. */
  | { readonly when: 'every'; readonly nth: number }
  /** From `from` on (at once when absent), until `to` (for good when absent). */
  | { readonly when: 'between'; readonly from?: Duration; readonly to?: Duration }
  /** On each occasion with this probability in [0, 1], by the seeded randomness that it was placed with. */
  | { readonly when: 'chance'; readonly probability: number };

/** What a fault on the mock IdP is bound to. All that is named must fit. */
export interface Binding {
  /** A client's id: only what concerns this client. */
  readonly client?: string;
  /** A token, code or other artifact in full: only while this one is presented. */
  readonly token?: string;
  /** Only the request of this number at its endpoint, from 1, counted from the fault's placing. */
  readonly request?: number;
}

/** A fault and where it sits. */
export interface PlacedFault {
  readonly fault: AnyFault;
  /** A link, `idp` for the mock IdP's seams, or the party whose own clock is wrong: the target, or a member of a chain. */
  readonly on: Link | Party;
  /** Only exchanges with this endpoint; all of them when absent. */
  readonly at?: Endpoint;
  /** On the mock IdP only. */
  readonly only?: Binding;
  readonly schedule: Schedule;
}

/** Something that happens to the mock IdP at a time, counted from when its timeline begins. */
export type TimelineEvent = { readonly at: Duration } & (
  | { readonly do: 'place'; readonly placed: PlacedFault }
  /** Takes away every fault with this id that the same timeline has placed. */
  | { readonly do: 'clear'; readonly fault: FaultId }
  /** It signs with a new key from now on; the old ones stay published. */
  | { readonly do: 'rotate-keys' }
  /** Keys that no longer sign are no longer published. */
  | { readonly do: 'drop-old-keys' }
);
