import type { LookupFunction } from 'node:net';
import type { CauseId } from './cause.ts';
import type { ClientAnswer, Instruction, WebApplication } from './client.ts';
import type { IdpManners } from './idp.ts';
import type { JsonObject } from './json.ts';
import type { Endpoint, Party, Role } from './parties.ts';
import type { Declared, DeclaredTime } from './step.ts';
import type { Clock } from './time.ts';

/**
 * What a target can do, so that scenarios it cannot meet are `not-applicable` rather than failed: `jwt`, `opaque`,
 * `scope`, … The registry of known ones is `capabilities.ts`.
 */
export type Capability = string;

/** What the target says of its own times; scenarios that measure one judge against it. */
export type Declarations = { readonly [T in DeclaredTime]?: Declared };

/** A product's own words for causes, where its logs speak in codes. Added to the lexicon as naming the cause (D3). */
export type Words = { readonly [cause: CauseId]: RegExp | readonly RegExp[] };

/** What every target is told: where it lives, and whom it trusts. */
export interface Place {
  /** The harness CA: its certificate in PEM, and a file that holds the same. */
  readonly ca: { readonly pem: string; readonly file: string };
  /** A key and certificate for the target to serve TLS with, if it does. PEM. */
  readonly tls: { readonly key: string; readonly cert: string };
  /** Where to listen. */
  readonly host: string;
  readonly port: number;
  /** The target's clock, for targets that take one. */
  readonly clock: Clock;
  /**
   * Where the names in its URLs are asked for, when its driver wants them broken: a name server, `127.0.0.1:5353`, and
   * the same as a `lookup` of net, tls and undici for targets in this process.
   */
  readonly names?: { readonly address: string; readonly lookup: LookupFunction } | undefined;
}

/** What a stage tells a gateway about its surroundings. Every URL leads through a link. */
export interface GatewayWiring extends Place {
  /** Issuer identifier, without a trailing slash. */
  readonly issuer: string;
  readonly jwksUri: string;
  readonly introspectionEndpoint: string;
  /** The public key with which the IdP's signatures verify at the start, for targets that take one: SPKI in PEM. */
  readonly keyPem: string;
  /** The audience that the gateway must find in a token. */
  readonly audience: string;
  /** The scope that the protected API needs. */
  readonly scope: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Base URL of the protected API. */
  readonly api: string;
}

/** What a stage tells a client about its surroundings. Every URL leads through a link. */
export interface ClientWiring extends Place {
  /** Issuer identifier, without a trailing slash. */
  readonly issuer: string;
  /** Where the IdP's documents and functions are, for clients that do not discover them. */
  readonly endpoints: { readonly [E in Endpoint]?: string };
  readonly clientId: string;
  readonly clientSecret: string;
  /** Space-delimited; without `openid` for clients that do not log users in. */
  readonly scope: string;
  /** Where a browser reaches the client, without a trailing slash; its redirection URI is below it. */
  readonly publicUrl: string;
  readonly redirectUri: string;
  /** Base URL of the API that the client calls with its token. */
  readonly api: string;
  /** The API's resource identifier (RFC 8707 §2). */
  readonly audience: string;
}

/** A client as an IdP shall know it. */
export interface RegisteredClient {
  readonly id: string;
  /** Absent for a public client. */
  readonly secret?: string;
  /** Sends its secret in the body of a request (RFC 6749 §2.3.1); by HTTP Basic when absent. */
  readonly secretInBody?: true;
  readonly redirectUris: readonly string[];
  readonly grantTypes: readonly string[];
  readonly scope: string;
  /** Where its JWK Set is (RFC 7591 §2), and what that holds when the target starts. Its keys sign with RS256. */
  readonly jwksUri?: string;
  readonly jwks?: { readonly keys: readonly JsonObject[] };
  /** Where its request objects may be (OpenID Connect Core §6.2). */
  readonly requestUris?: readonly string[];
  /** Where it is told of a logout, with the session's id (Back-Channel Logout 1.0 §2.2). */
  readonly backchannelLogoutUri?: string;
  /** Where users may go after a logout (RP-Initiated Logout 1.0 §3.1). */
  readonly postLogoutRedirectUris?: readonly string[];
}

/** What a stage asks an IdP to be configured with. */
export interface IdpWiring extends Place {
  /**
   * Where everybody reaches it, without a trailing slash, when that is not where it listens: links stand before it, which
   * say so by `X-Forwarded-Proto` and `X-Forwarded-Host`.
   */
  readonly publicUrl?: string;
  readonly clients: {
    readonly confidential: RegisteredClient & { readonly secret: string };
    readonly public: RegisteredClient;
    /** A second confidential one, which has no business with the first one's codes and tokens. */
    readonly other: RegisteredClient & { readonly secret: string };
    /** One whose secret has characters that Basic must encode (RFC 6749 §2.3.1), and which lacks the API's last scope value. */
    readonly awkward: RegisteredClient & { readonly secret: string };
    /** One that authenticates by `client_secret_jwt` (OpenID Connect Core §9), where the IdP can do that. */
    readonly assertion: RegisteredClient & { readonly secret: string };
    /**
     * One that authenticates by `private_key_jwt` (OpenID Connect Core §9) and signs its request objects; for targets with
     * the capability `private-key-jwt` or `request-uri`.
     */
    readonly key?: RegisteredClient & Required<Pick<RegisteredClient, 'jwksUri' | 'jwks' | 'requestUris'>>;
    /** One that is told when its user logs out; for targets with the capability `backchannel-logout`. */
    readonly logout?: RegisteredClient &
      Required<Pick<RegisteredClient, 'secret' | 'backchannelLogoutUri' | 'postLogoutRedirectUris'>>;
  };
  readonly user: { readonly username: string; readonly password: string; readonly email: string };
  /** The API that access tokens are for, and its scope values. */
  readonly audience: string;
  readonly scope: string;
  /** Where its store is, for a target whose driver has one. */
  readonly store?: { readonly host: string; readonly port: number };
}

/** What the members of a chain are told. The client's API is the gateway. */
export interface ChainWiring extends Place {
  readonly client: ClientWiring;
  readonly gateway: GatewayWiring;
}

/** What a target of each role is told. */
export interface Wirings {
  readonly gateway: GatewayWiring;
  readonly client: ClientWiring;
  readonly idp: IdpWiring;
  readonly chain: ChainWiring;
}

export type Wiring = Wirings[Role];

/** What a driver gives to a starting target and takes from it. */
export interface DriverIo {
  /** Every line the target prints, by stream, without its line end; `party` tells whose it is in a chain. */
  log(stream: string, line: string, party?: Party): void;
  /** Aborted when the start must stop. */
  readonly signal: AbortSignal;
  /** Called when what runs the target is gone, so that nothing can be said of the target any more. */
  lost?(why: string): void;
}

/** A running target. What its driver can do to it while it runs is there where the driver can. */
export interface Instance {
  /** Base URL on which it serves; empty for a client that serves nothing. */
  readonly url: string;
  /** What exactly runs, for the record: an image and its digest. */
  readonly about?: string;
  /**
   * PEM of the authority that issued its certificate, where that is not the harness's; `trusted` for those that Node
   * trusts.
   */
  readonly authority?: string;
  /** Resolves with a few words when it ends, whoever ended it. */
  readonly exited: Promise<string>;
  /** The other members of a chain; the client is the instance itself. */
  readonly members?: { readonly gateway: Instance };
  stop(): Promise<void>;
  /** Writes files into the container that it runs in, by their path there. Absent: it runs in none. */
  write?(files: Readonly<Record<string, string>>): Promise<void>;
  /**
   * Tells a client what to do and resolves to what it answers (docs/shim.md). Rejects when the client died or the signal
   * aborts. Absent for a client that people use through a browser, and for other roles.
   */
  ask?(instruction: Instruction, signal: AbortSignal): Promise<ClientAnswer>;
  /** Freezes it, with its connections open, until `unpause`. */
  pause?(): Promise<void>;
  unpause?(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill?(): Promise<void>;
  /** Ends it if it runs, and starts it again as it was; resolves when it is ready. This instance is over then. */
  restart?(): Promise<Instance>;
  /** Takes it off its network, which is also how it is called, until `reconnect`. */
  disconnect?(): Promise<void>;
  reconnect?(): Promise<void>;
  /** Sets how far its clock is ahead of the true time; negative for behind. */
  moveClock?(milliseconds: number): Promise<void>;
}

/** How a target that does not live on this machine's loopback reaches the parties around it. */
export interface Reach {
  /** The address of this machine on which the links to them listen. */
  readonly listen: string;
  /** The name that the target knows a party by: `idp.failwell.test`. Their certificates say the same. */
  hostOf(party: Party): string;
  /**
   * Where the target asks for these names, so that a name server must be there: an address and a port, 0 for any.
   * Absent: it knows them without asking, and they cannot be broken.
   */
  readonly names?: { readonly host: string; readonly port: number };
  /** Called when the links are closed. */
  close?(): Promise<void>;
}

/** Where the image of a container comes from; at least one is there. */
export interface ImageSource {
  /** An official image. */
  readonly image?: string;
  /** The folder of a Dockerfile. */
  readonly build?: string;
}

/** How a target starts. Rejects with a `FailwellError` that says what to do when it does not become ready. */
export interface Driver<W extends Place = Wiring> {
  readonly kind: string;
  /** Capabilities that every target has which it starts. */
  readonly brings?: readonly Capability[];
  /** The image that it needs, if it needs one. */
  readonly image?: ImageSource;
  /** What is missing here to start it at once, in one sentence without its full stop; undefined when nothing is. */
  lacks?(): Promise<string | undefined>;
  /**
   * Gets what takes longer than a start may, and says what it is doing. Called once a run, before the first start.
   * Resolves to what there is now: an image's name and digest.
   */
  prepare?(say: (line: string) => void, signal: AbortSignal): Promise<string>;
  /** Opens what all its stages of a run have in common, once, before the first of them; closed after the last. */
  share?(signal: AbortSignal): Promise<AsyncDisposable>;
  /** Asked for before the stage is built. Absent: the target reaches everything on 127.0.0.1. */
  reach?(signal: AbortSignal): Promise<Reach>;
  /** Milliseconds that a start may take, where that is longer than for others. */
  readonly startsWithin?: number;
  /** Starts what the target keeps its state in, such as a database: before the target, for which a link leads there. */
  readonly store?: Driver<Place>;
  start(wiring: W, io: DriverIo): Promise<Instance>;
}

/** A component under test. */
export interface Target<R extends Role = Role> {
  /** Equal to its path: `reference/gateway`, `node/express-jwt`. */
  readonly id: string;
  readonly role: R;
  /** What it is, and where its configuration comes from, in one line. */
  readonly summary: string;
  readonly capabilities: readonly Capability[];
  readonly declares: Declarations;
  readonly driver: Driver<Wirings[R]>;
  /** For a client that people use through a browser. */
  readonly web?: WebApplication;
  /** For a chain: who is in it. */
  readonly members?: {
    readonly client: Target<'client'>;
    readonly gateway: Target<'gateway'>;
    /** Default: the mock IdP. A real one can be broken by its wires alone. */
    readonly idp?: Target<'idp'>;
  };
  /** For an IdP: how to get along with it. */
  readonly idp?: IdpManners;
  readonly words?: Words;
  /** For a mutant: the one flaw, and the scenarios that must catch it. */
  readonly flaw?: { readonly summary: string; readonly caughtBy: readonly string[] };
}
