import type { Agent } from 'undici';
import type { GatewayWiring } from '../../../harness/model/target.ts';
import {
  checkAudience,
  checkExpiry,
  checkIssuedAt,
  checkIssuer,
  checkNotBefore,
  checkRequired,
  checkScope,
} from './claims.ts';
import { extractToken } from './credentials.ts';
import { type Document, fetchDocument, type Question } from './fetch.ts';
import { forward } from './forward.ts';
import { introspect, isActive } from './introspection.ts';
import { discover, fetchKeys, type KeySource, keepKeys } from './keys.ts';
import { explain, write } from './log.ts';
import { checkPossession, checkProofClaims, checkProofKey, isSameTarget, readProof } from './proof.ts';
import type { Refusal } from './refusal.ts';
import { classify, render, send } from './respond.ts';
import type { Limits } from './settings.ts';
import { type Choice, checkSignature, chooseKeys, verify } from './signature.ts';
import { checkCritical, checkType, type Jwt, parseToken } from './token.ts';

/** Parts that need less than a whole gateway, so that others use them too. Here they are shown all of it. */
const common: {
  readonly parseToken: (token: string, gateway: Gateway) => Jwt | undefined;
  readonly chooseKeys: (jwt: Jwt, gateway: Gateway) => Promise<Choice>;
  readonly fetchDocument: (gateway: Gateway, question: Question) => Promise<Document>;
} = { parseToken, chooseKeys, fetchDocument };

/**
 * Everything that the gateway does, as small parts that find one another through `Gateway`. A variant of the gateway
 * is another record: `{ ...correct, checkExpiry: () => {} }`.
 */
export const correct = {
  ...common,
  extractToken,
  checkCritical,
  checkType,
  checkSignature,
  verify,
  checkIssuer,
  checkAudience,
  checkExpiry,
  checkNotBefore,
  checkIssuedAt,
  checkRequired,
  checkScope,
  checkPossession,
  readProof,
  checkProofKey,
  checkProofClaims,
  isSameTarget,
  introspect,
  isActive,
  keepKeys,
  fetchKeys,
  discover,
  forward,
  classify,
  render,
  send,
  explain,
  write,
};

export type Parts = typeof correct;

/** A running gateway, as its parts see it. */
export interface Gateway {
  readonly wiring: GatewayWiring;
  readonly limits: Limits;
  readonly parts: Parts;
  readonly keys: KeySource;
  /** Where it serves, as its callers know it. */
  readonly origin: string;
  /** DPoP proofs that were used, by a hash, and until when each would count; milliseconds since 1970. */
  readonly usedProofs: Map<string, number>;
  /** Connections to the IdP and the API. */
  readonly agent: Agent;
  /** Aborted when the gateway stops. */
  readonly stopped: AbortSignal;
  log(stream: 'stdout' | 'stderr', line: string): void;
  /** Ends the gateway at once, connections and all. */
  end(reason: string): void;
}

/** A request, whole. */
export interface Incoming {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  /** Every field, as sent. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** The values of every `Authorization` field. */
  readonly authorization: readonly string[];
  readonly body: Buffer;
  /** The body of a form. */
  readonly form?: string;
}

/** An answer, whole. */
export interface Outgoing {
  readonly status: number;
  readonly headers: { readonly [name: string]: string | readonly string[] };
  readonly body: Buffer;
}

/** What the log line of a request is made of. */
export interface Served {
  readonly method: string;
  /** Without the query, where a token may stand. */
  readonly path: string;
  readonly status: number;
  readonly token?: string;
  readonly subject?: string;
  readonly tokenId?: string;
  readonly refusal?: Refusal;
  /** What is worth a warning though the request was served. */
  readonly note?: string;
}
