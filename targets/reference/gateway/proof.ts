import { createHash } from 'node:crypto';
import { fieldsNamed, schemeOf } from './credentials.ts';
import { importKey } from './keys.ts';
import type { Gateway, Incoming } from './parts.ts';
import { invalidProof, invalidToken } from './refusal.ts';
import { algorithms } from './signature.ts';
import { shown } from './text.ts';
import type { Jwt, Members } from './token.ts';

/** A use of a token, and what the token entitles to. */
export interface Use {
  readonly request: Incoming;
  readonly token: string;
  readonly claims: Members;
}

/**
 * A token that is bound to a key comes with a proof of that key (RFC 9449 §7.1), and never as a bearer token (§7.2); one
 * that is not bound comes as a bearer token alone.
 */
export function checkPossession({ request, token, claims }: Use, gateway: Gateway): void {
  const bound = thumbprintOf(claims);
  if (schemeOf(request) === 'Bearer') {
    if (bound === undefined) return;
    throw invalidToken('the token is bound to a key: it comes with a DPoP proof, under the scheme DPoP');
  }
  if (bound === undefined) throw invalidToken('the token is bound to no key (cnf missing), expected one for DPoP');
  const proof = gateway.parts.readProof(request, gateway);
  gateway.parts.checkProofKey(proof, bound, gateway);
  gateway.parts.checkProofClaims(proof, { request, token, claims }, gateway);
}

function thumbprintOf({ cnf }: Members): unknown {
  return typeof cnf === 'object' && cnf !== null ? (cnf as Members).jkt : undefined;
}

/** The one proof of a request (§4.3, 1 and 2). */
export function readProof(request: Incoming, gateway: Gateway): Jwt {
  const [field, second] = fieldsNamed('dpop', request);
  if (field === undefined) throw invalidProof('DPoP proof missing');
  if (second !== undefined) throw invalidProof('two DPoP proofs, expected one');
  const proof = gateway.parts.parseToken(field, gateway);
  if (proof === undefined) throw invalidProof('malformed DPoP proof: it is no JWT');
  return proof;
}

/** The key of the proof, which has signed it (§4.3, 4 to 7), is that of the token (§7.1). */
export function checkProofKey(proof: Jwt, bound: unknown, { parts }: Gateway): void {
  const { typ, alg, jwk, crit } = proof.header;
  if (typ !== 'dpop+jwt') throw invalidProof(`wrong typ of the DPoP proof: got ${shown(typ)}, expected 'dpop+jwt'`);
  if (crit !== undefined) throw invalidProof('the DPoP proof has crit, an extension that is not understood');
  const wanted = typeof alg === 'string' && Object.hasOwn(algorithms, alg) ? algorithms[alg] : undefined;
  if (wanted === undefined) {
    const expected = Object.keys(algorithms).join(', ');
    throw invalidProof(`algorithm of the DPoP proof not allowed: got ${shown(alg)}, expected one of ${expected}`);
  }
  const members = typeof jwk === 'object' && jwk !== null ? (jwk as Members) : {};
  if ('d' in members) throw invalidProof('the DPoP proof shows its private key');
  const key = imported(members);
  if (key.kty !== wanted.kty || key.key.asymmetricKeyDetails?.namedCurve !== wanted.curve) {
    throw invalidProof(`the key of the DPoP proof does not fit its algorithm ${alg}`);
  }
  if (!parts.verify(proof, key)) throw invalidProof('signature verification of the DPoP proof failed');
  const jkt = thumbprint(members);
  if (jkt === bound) return;
  throw invalidToken(`the token is bound to another key: the DPoP proof has ${jkt}, expected ${shown(bound)}`);
}

/** RFC 7638 §3: the members that a key must have, in the order of their names. */
function thumbprint({ kty, n, e, crv, x, y }: Members): string {
  const required = kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y };
  return createHash('sha256').update(JSON.stringify(required)).digest('base64url');
}

function imported(jwk: Members): ReturnType<typeof importKey> {
  try {
    return importKey(jwk);
  } catch (error) {
    throw invalidProof(`the DPoP proof has no usable key: ${(error as Error).message}`);
  }
}

/** The proof is for this request, this token and this moment (§4.3, 8 to 12), and was not used before (§11.1). */
export function checkProofClaims({ claims }: Jwt, { request, token }: Use, gateway: Gateway): void {
  const { jti, htm, htu, iat, ath } = claims;
  const { limits, usedProofs } = gateway;
  const expect = (name: string, value: unknown, expected: string) => {
    throw invalidProof(`${name} of the DPoP proof: got ${shown(value)}, expected ${expected}`);
  };
  if (htm !== request.method) expect('htm', htm, `'${request.method}'`);
  const target = `https://${String(request.headers.host)}${request.url}`;
  if (!gateway.parts.isSameTarget(htu, target)) expect('htu', htu, `'${target.split('?')[0]}'`);
  if (ath !== createHash('sha256').update(token).digest('base64url')) expect('ath', ath, 'the hash of this token');
  const now = gateway.wiring.clock.now() / 1000;
  const age = typeof iat === 'number' ? now - iat : Number.NaN;
  if (!(age > -limits.leeway / 1000 && age < limits.proofAge / 1000)) expect('iat', iat, `about ${Math.floor(now)}`);
  if (typeof jti !== 'string' || jti === '' || jti.length > limits.keyId) expect('jti', jti, 'a string');
  for (const [used, until] of usedProofs) if (until < now) usedProofs.delete(used);
  if (usedProofs.has(String(jti))) throw invalidProof('the DPoP proof was used before');
  if (usedProofs.size >= limits.proofs) throw invalidProof('too many DPoP proofs are alive');
  usedProofs.set(String(jti), now + limits.proofAge / 1000 + limits.leeway / 1000);
}

/** Whether `htu` is this URI "ignoring any query and fragment parts" (§4.3), and whatever its spelling (RFC 3986 §6.2.2). */
export function isSameTarget(htu: unknown, target: string): boolean {
  if (typeof htu !== 'string' || !/^https:\/\/[\x21-\x7e]+$/i.test(htu) || !URL.canParse(htu)) return false;
  const bare = (text: string) => {
    const { origin, pathname } = new URL(text);
    return origin + pathname;
  };
  return bare(htu) === bare(target);
}
