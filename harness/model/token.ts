import type { Json, JsonObject } from './json.ts';

/** A key as the forge needs it: the private JWK and its public half. */
export interface SigningKey {
  readonly kid: string;
  /** JWS algorithm (RFC 7518 §3.1): `RS256`, `ES256`, … */
  readonly alg: string;
  readonly privateJwk: JsonObject;
  readonly publicJwk: JsonObject;
}

/** Who makes the signature, and with what. */
export type Signer =
  /** A private key; `alg` decides the algorithm whatever the header claims. */
  | { readonly by: 'key'; readonly key: SigningKey }
  /** HMAC with these bytes, as an RS/HS confusion does. `hash` is `sha256`, `sha384` or `sha512`. */
  | { readonly by: 'hmac'; readonly secret: Uint8Array; readonly hash: string }
  /** These bytes stand where the signature should; empty for an unsigned token. */
  | { readonly by: 'bytes'; readonly signature: Uint8Array };

/** What a flaw may need to know to lie well: everything an attacker could know, and the harness's own material. */
export interface TokenSurroundings {
  /** The issuer's clock, seconds since 1970. */
  readonly now: number;
  readonly issuer: string;
  readonly audience: string;
  /** Keys that the issuer publishes, the signing one first. */
  readonly published: readonly SigningKey[];
  /** A key that the issuer never published. */
  readonly foreign: SigningKey;
  /** A URL that only a flawed target fetches; it serves a JWK Set with `foreign`. */
  readonly attackerUrl: string;
  /** The public RSA key to which the client wants tokens encrypted, if it registered one. */
  readonly recipient?: JsonObject;
  /** It is issued for a refresh token, and another one has gone before it. */
  readonly refreshed?: boolean;
}

/** A token before it is signed and serialised. The seam of every token fault. */
export interface TokenDraft {
  readonly header: JsonObject;
  /** Usually an object; a flaw may put anything here. */
  readonly payload: Json;
  /** Bytes to use for header or payload instead of their JSON (bad JSON, bad base64url). Already encoded. */
  readonly encodedHeader?: string;
  readonly encodedPayload?: string;
  readonly signer: Signer;
  /** Last word on the text: tampering, stripping, truncating, appending. */
  readonly afterwards: readonly ((token: string) => string)[];
  readonly surroundings: TokenSurroundings;
}

/** A DPoP proof before it is signed (RFC 9449 §4.2). The seam of every proof fault. */
export interface ProofDraft {
  readonly header: JsonObject;
  readonly payload: JsonObject;
}
