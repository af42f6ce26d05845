import type { CauseId } from './cause.ts';
import type { Party, Role } from './parties.ts';
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

/** What a stage tells a gateway about its surroundings. Every URL leads through a link. */
export interface GatewayWiring {
  /** Issuer identifier, without a trailing slash. */
  readonly issuer: string;
  readonly jwksUri: string;
  readonly introspectionEndpoint: string;
  /** The audience that the gateway must find in a token. */
  readonly audience: string;
  /** The scope that the protected API needs. */
  readonly scope: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Base URL of the protected API. */
  readonly api: string;
  /** The harness CA: its certificate in PEM, and a file that holds the same. */
  readonly ca: { readonly pem: string; readonly file: string };
  /** A key and certificate for the target to serve TLS with, if it does. PEM. */
  readonly tls: { readonly key: string; readonly cert: string };
  /** Where to listen. */
  readonly host: string;
  readonly port: number;
  /** The target's clock, for targets that take one. */
  readonly clock: Clock;
}

/** What a driver gives to a starting target and takes from it. */
export interface DriverIo {
  /** Every line the target prints, by stream, without its line end. */
  log(stream: string, line: string): void;
  /** Aborted when the start must stop. */
  readonly signal: AbortSignal;
}

/** A running target. */
export interface Instance {
  /** Base URL on which it serves. */
  readonly url: string;
  /** Resolves with a few words when it ends, whoever ended it. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
}

/** How a target that does not live on this machine's loopback reaches the parties around it. */
export interface Reach {
  /** The address of this machine on which the links to them listen. */
  readonly listen: string;
  /** The name that the target knows a party by: `idp.failwell.test`. Their certificates say the same. */
  hostOf(party: Party): string;
}

/** How a target starts. Rejects with a `FailwellError` that says what to do when it does not become ready. */
export interface Driver {
  readonly kind: string;
  /** Asked for before the stage is built. Absent: the target reaches everything on 127.0.0.1. */
  reach?(signal: AbortSignal): Promise<Reach>;
  start(wiring: GatewayWiring, io: DriverIo): Promise<Instance>;
}

/** A component under test. */
export interface Target {
  /** Equal to its path: `reference/gateway`, `node/express-jwt`. */
  readonly id: string;
  readonly role: Role;
  /** What it is, and where its configuration comes from, in one line. */
  readonly summary: string;
  readonly capabilities: readonly Capability[];
  readonly declares: Declarations;
  readonly driver: Driver;
  readonly words?: Words;
  /** For a mutant: the one flaw, and the scenarios that must catch it. */
  readonly flaw?: { readonly summary: string; readonly caughtBy: readonly string[] };
}
