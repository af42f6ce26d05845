import { createHash } from 'node:crypto';
import { fieldsNamed, schemeOf } from './credentials.ts';
import { importKey } from './keys.ts';
import type { Gateway, Incoming } from './parts.ts';
import { invalidProof, invalidToken, overloaded, Refusal } from './refusal.ts';
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
 * that is not bound comes as a bearer token alone. One that is bound in another way is of no use here.
 */
export function checkPossession({ request, token, claims }: Use, gateway: Gateway): void {
  const { cnf } = claims;
  const bound = typeof cnf === 'object' && cnf !== null ? (cnf as Members).jkt : undefined;
  if (schemeOf(request) === 'Bearer') {
    if (cnf === undefined) return;
    throw invalidToken('the token is bound to a key: it must come with a DPoP proof, under the scheme DPoP');
  }
  if (typeof bound !== 'string') throw invalidToken('the token is not bound to a key by DPoP (cnf with jkt missing)');
  const proof = gateway.parts.readProof(request, gateway);
  gateway.parts.checkProofKey(proof, bound, gateway);
  gateway.parts.checkProofClaims(proof, { request, token, claims }, gateway);
}

/** The one proof of a request (§4.3, 1 and 2). */
export function readProof(request: Incoming, gateway: Gateway): Jwt {
  const [field, second] = fieldsNamed('dpop', request);
  if (field === undefined) throw invalidProof('DPoP proof missing');
  if (second !== undefined) throw invalidProof('two DPoP proofs, expected one');
  let proof: Jwt | undefined;
  try {
    proof = gateway.parts.parseToken(field, gateway);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw invalidProof('malformed DPoP proof', `malformed DPoP proof: ${error.facts.because}`);
  }
  if (proof === undefined) throw invalidProof('malformed DPoP proof: it is no JWT');
  return proof;
}

/** The key of the proof, which has signed it (§4.3, 4 to 7), is that of the token (§7.1). */
export function checkProofKey(proof: Jwt, bound: unknown, { parts }: Gateway): void {
  const { typ, alg, jwk, crit } = proof.header;
  if (typ !== 'dpop+jwt') throw wrong('typ', typ, `'dpop+jwt'`);
  if (crit !== undefined) throw invalidProof('the DPoP proof has crit, an extension that is not understood');
  const wanted = typeof alg === 'string' && Object.hasOwn(algorithms, alg) ? algorithms[alg] : undefined;
  if (wanted === undefined) throw wrong('alg', alg, `one of ${Object.keys(algorithms).join(', ')}`);
  const members = typeof jwk === 'object' && jwk !== null ? (jwk as Members) : {};
  if (['d', 'p', 'q', 'k'].some((name) => name in members)) throw invalidProof('the DPoP proof shows its private key');
  const key = imported(members);
  if (key.kty !== wanted.kty || key.key.asymmetricKeyDetails?.namedCurve !== wanted.curve)
    throw invalidProof('the key of the DPoP proof does not fit its alg');
  if (!parts.verify(proof, key)) throw invalidProof('signature verification of the DPoP proof failed');
  const jkt = thumbprint(members);
  if (jkt === bound) return;
  const says = 'the token is bound to another key than that of the DPoP proof';
  throw invalidToken(says, `${says}: got ${jkt}, expected ${shown(bound)}`);
}

/** RFC 7638 §3: the members that a key must have, in the order of their names. */
function thumbprint({ kty, n, e, crv, x, y }: Members): string {
  const required = kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y };
  return sha256(JSON.stringify(required));
}

function imported(jwk: Members): ReturnType<typeof importKey> {
  try {
    return importKey(jwk);
  } catch (error) {
    const says = 'the DPoP proof has no usable key';
    throw invalidProof(says, `${says}: ${(error as Error).message}`);
  }
}

/** The proof is for this request, this token and this moment (§4.3, 8 to 12), and was not used before (§11.1). */
export function checkProofClaims(proof: Jwt, { request, token }: Use, gateway: Gateway): void {
  const { jti, htm, htu, iat, ath } = proof.claims;
  const { leeway, proofAge, proofs, proofId } = gateway.limits;
  if (htm !== request.method) throw wrong('htm', htm, shown(request.method));
  // The gateway's own address, not what the request calls it.
  const target = gateway.origin + request.url;
  if (!gateway.parts.isSameTarget(htu, target)) throw wrong('htu', htu, shown(target.split('?')[0]));
  if (ath !== sha256(token)) throw wrong('ath', ath, 'the hash of this token');
  const now = gateway.wiring.clock.now();
  const age = typeof iat === 'number' ? now - iat * 1000 : Number.NaN;
  if (!(age > -leeway && age < proofAge)) throw wrong('iat', iat, `about ${Math.floor(now / 1000)}`);
  if (typeof jti !== 'string' || jti === '' || jti.length > proofId) throw wrong('jti', jti, 'a short string');
  const { usedProofs } = gateway;
  // They are forgotten in the order in which they came.
  for (const [old, until] of usedProofs) {
    if (until > now) break;
    usedProofs.delete(old);
  }
  const used = sha256(`${JSON.stringify(proof.header.jwk)} ${jti}`);
  if (usedProofs.has(used)) throw invalidProof('the DPoP proof was used before');
  if (usedProofs.size >= proofs) throw overloaded('too many DPoP proofs are alive');
  usedProofs.set(used, now + proofAge + leeway);
}

/** Whether `htu` is this URI "ignoring any query and fragment parts" (§4.3), however it is spelt (RFC 3986 §6.2.2, §6.2.3). */
export function isSameTarget(htu: unknown, target: string): boolean {
  return typeof htu === 'string' && normalised(htu) !== undefined && normalised(htu) === normalised(target);
}

function normalised(uri: string): string | undefined {
  if (!/^https:\/\/[\x21-\x7e]+$/i.test(uri) || uri.includes('\\') || !URL.canParse(uri)) return undefined;
  const { origin, pathname, username, password } = new URL(uri);
  if (username !== '' || password !== '') return undefined;
  return origin + pathname.replaceAll(/%[0-9a-f]{2}/gi, plain);
}

/** An unreserved character as itself, any other in capitals (RFC 3986 §6.2.2.1, §6.2.2.2). */
function plain(escaped: string): string {
  const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
  return /[A-Za-z0-9._~-]/.test(character) ? character : escaped.toUpperCase();
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');

/** The caller is told which member it is; what stands there is for the log, as it may be anything. */
function wrong(name: string, value: unknown, expected: string): Refusal {
  const says = `wrong ${name} in the DPoP proof`;
  return invalidProof(says, `${says}: got ${shown(value)}, expected ${expected}`);
}
