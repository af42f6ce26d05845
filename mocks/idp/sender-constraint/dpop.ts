import { createHash } from 'node:crypto';
import { calculateJwkThumbprint, EmbeddedJWK, errors, type JWTVerifyResult, jwtVerify } from 'jose';
import type { Headers, HttpRequest } from '../../../harness/model/http.ts';
import type { Visit } from '../endpoint.ts';
import { json, Refusal, unstored } from '../http/answer.ts';
import { createReplays, type Replays } from '../tokens/replays.ts';
import { keyAlgorithms } from '../tokens/signing.ts';
import { createDpopNonces, type DpopNonces } from './dpop-nonces.ts';
import { sameTarget, targetOf } from './target-uri.ts';

/** JWS algorithms of proofs: asymmetric ones (RFC 9449 §4.2). */
export const proofAlgorithms = keyAlgorithms;

/** How proofs are judged. */
export interface Dpop {
  /** Whether a proof must have a nonce of the IdP (RFC 9449 §8), may, or the IdP gives none. */
  readonly nonce: 'required' | 'offered' | 'off';
  readonly nonces: DpopNonces;
  readonly replays: Replays;
}

export function createDpop(nonce: Dpop['nonce'], secret: string): Dpop {
  return { nonce, nonces: createDpopNonces(secret), replays: createReplays(100_000) };
}

/** How old a proof may be, and how far in the future; seconds (RFC 9449 §11.1). */
const [past, future] = [60, 10];

/** What is wrong with a proof; `message` is for the client's developer. */
export class ProofProblem extends Error {
  readonly error: 'invalid_dpop_proof' | 'use_dpop_nonce';

  constructor(message: string, error: ProofProblem['error'] = 'invalid_dpop_proof') {
    super(message);
    this.error = error;
  }
}

/**
 * The thumbprint (RFC 7638) of the key that a request's DPoP proof proves, `undefined` without a proof (RFC 9449 §4.3).
 * A proof counts once. Throws a `ProofProblem`.
 * @param accessToken the one that it must be for (§7), at a protected resource
 */
export async function provenKey(request: HttpRequest, visit: Visit, accessToken?: string): Promise<string | undefined> {
  const [proof, second] = proofsOf(request);
  if (proof === undefined) return undefined;
  if (second !== undefined) throw new ProofProblem('DPoP stands twice');
  const now = Math.floor(visit.now() / 1000);
  const { payload, protectedHeader } = await verified(proof, now);
  const { jti, htm, htu, iat, nonce, ath } = payload as { readonly [claim: string]: unknown };
  if (typeof jti !== 'string' || jti === '') throw new ProofProblem('jti is not a string');
  if (htm !== request.method) throw new ProofProblem('htm is not the method of this request');
  if (!sameTarget(htu, targetOf(request, visit))) throw new ProofProblem('htu is not the URI of this request');
  if (typeof iat !== 'number') throw new ProofProblem('iat is not a number');
  if (iat < now - past) throw new ProofProblem('iat is too far in the past');
  if (iat > now + future) throw new ProofProblem('iat is in the future');
  if (accessToken !== undefined && ath !== sha256(accessToken))
    throw new ProofProblem('ath is not the hash of this access token');
  checkNonce(nonce, visit);
  const jkt = await calculateJwkThumbprint(protectedHeader.jwk as object);
  const state = visit.dpop.replays.spend(jkt, jti, iat + past + 1, now);
  if (state === 'used') throw new ProofProblem('The proof was used before');
  if (state === 'full') throw new ProofProblem('Too many proofs are alive: let some of them expire');
  return jkt;
}

/** The nonce that the client shall use from now on, for an answer to a request with a proof (RFC 9449 §8.2). */
export function nonceFor(request: HttpRequest, { dpop, now }: Visit): Headers {
  if (dpop.nonce === 'off' || proofsOf(request).length === 0) return [];
  return [['dpop-nonce', dpop.nonces.current(now())]];
}

/** For an authorization server (RFC 9449 §5, §8); the nonce goes out with any answer. Throws a `Refusal`. */
export async function provenKeyOrRefusal(request: HttpRequest, visit: Visit): Promise<string | undefined> {
  try {
    return await provenKey(request, visit);
  } catch (problem) {
    if (!(problem instanceof ProofProblem)) throw problem;
    const { error, message: error_description } = problem;
    throw Refusal.with(json(400, { error, error_description }, [...unstored, ...nonceFor(request, visit)]));
  }
}

const proofsOf = ({ headers }: HttpRequest) =>
  headers.flatMap(([name, value]) => (name.toLowerCase() === 'dpop' ? [value] : []));

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

function checkNonce(nonce: unknown, { dpop, now }: Visit): void {
  if (dpop.nonce === 'off' || (nonce === undefined && dpop.nonce === 'offered')) return;
  if (nonce === undefined) throw new ProofProblem('The proof needs a nonce: use that of DPoP-Nonce', 'use_dpop_nonce');
  if (!dpop.nonces.accepts(nonce, now()))
    throw new ProofProblem('The nonce is not a current one: use that of DPoP-Nonce', 'use_dpop_nonce');
}

async function verified(proof: string, now: number): Promise<JWTVerifyResult> {
  try {
    const options = { typ: 'dpop+jwt', algorithms: [...proofAlgorithms], currentDate: new Date(now * 1000) };
    return await jwtVerify(proof, EmbeddedJWK, options);
  } catch (error) {
    throw new ProofProblem(reason(error));
  }
}

function reason(error: unknown): string {
  if (error instanceof errors.JWTClaimValidationFailed) return `${error.claim} is wrong`;
  if (error instanceof errors.JWTExpired) return 'exp has passed';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'The algorithm is not allowed';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature is wrong';
  return 'It is no signed JWT with its public key as jwk';
}
