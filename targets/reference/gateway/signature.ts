import { constants, verify as verifySignature } from 'node:crypto';
import type { KeySet, KeySource, VerificationKey } from './keys.ts';
import { idpUnavailable, invalidToken, Refusal } from './refusal.ts';
import { shown } from './text.ts';
import type { Jwt } from './token.ts';

/** The algorithms that this gateway takes, whatever a token asks for (RFC 8725 §3.1), each with its keys. */
export const algorithms: { readonly [alg: string]: Algorithm } = {
  RS256: { kty: 'RSA', options: {} },
  PS256: {
    kty: 'RSA',
    options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
  },
  ES256: { kty: 'EC', curve: 'prime256v1', options: { dsaEncoding: 'ieee-p1363' } },
};

interface Algorithm {
  readonly kty: string;
  /** As node:crypto names it. */
  readonly curve?: string;
  readonly options: object;
}

/** Whose keys count, and how they are chosen and used. */
export interface Verifier {
  readonly keys: KeySource;
  readonly parts: {
    chooseKeys(jwt: Jwt, verifier: Pick<Verifier, 'keys'>): Promise<Choice>;
    verify(jwt: Jwt, key: VerificationKey): boolean;
  };
}

/** The token was signed with a key that the issuer publishes, by an algorithm that the verifier chose. */
export async function checkSignature(jwt: Jwt, verifier: Verifier): Promise<void> {
  const { alg } = jwt.header;
  if (typeof alg !== 'string' || !Object.hasOwn(algorithms, alg)) {
    const what = /^none\s*$/i.test(String(alg)) ? 'signature missing' : 'signature algorithm not allowed';
    throw invalidToken(what, `${what}: alg got ${shown(alg)}, expected one of ${Object.keys(algorithms).join(', ')}`);
  }
  const first = await verifier.parts.chooseKeys(jwt, verifier);
  if (first.keys.some((key) => verifier.parts.verify(jwt, key))) return;
  // The issuer may have replaced a key under the same kid.
  const again = await verifier.keys.refreshed(first.set).catch(() => first.set);
  if (again !== first.set) {
    const second = await verifier.parts.chooseKeys(jwt, verifier);
    if (second.keys.some((key) => verifier.parts.verify(jwt, key))) return;
  }
  const { length } = jwt.signature;
  const what = length === 0 ? 'signature missing' : 'signature verification failed';
  const key = shown(first.keys[0]?.kid);
  throw invalidToken(
    what,
    `${what}: alg ${alg} with kid ${key} of JWKS ${first.set.url}, signature of ${length} bytes`,
  );
}

/** The keys that may have signed a token, never empty, and the set that they are from. */
export interface Choice {
  readonly set: KeySet;
  readonly keys: readonly VerificationKey[];
}

/**
 * The issuer's keys that fit a token: by `kid` if it has one, and by its algorithm. Looks into the issuer's JWK Set
 * alone: `jwk`, `jku`, `x5u` and `x5c` of the header are the sender's word and are ignored. An unknown kid has the
 * set fetched again. Throws 401 when the token fits no key, 503 when that is not the token's fault.
 */
export async function chooseKeys(jwt: Jwt, { keys }: Pick<Verifier, 'keys'>): Promise<Choice> {
  const set = await keys.current();
  const fitting = candidates(jwt, set);
  if (fitting.length > 0) return { set, keys: fitting };
  const newer = await keys.refreshed(set).catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    const { says, because, retryAfter } = error.facts;
    throw idpUnavailable(
      says,
      `no cached key with kid ${shown(jwt.header.kid)}, and the keys cannot be refreshed: ${because}`,
      retryAfter,
    );
  });
  const found = newer === set ? [] : candidates(jwt, newer);
  if (found.length === 0) throw noKey(jwt, newer);
  return { set: newer, keys: found };
}

function candidates({ header: { kid, alg } }: Jwt, { keys }: KeySet): readonly VerificationKey[] {
  const suited = keys.filter((key) => (kid === undefined || key.kid === kid) && misfit(key, alg) === undefined);
  return kid === undefined && suited.length > 1 ? [] : suited;
}

/** Why a key must not verify signatures by this algorithm (RFC 7517 §4.2 to §4.4, RFC 7518 §3.1). */
function misfit(key: VerificationKey, alg: unknown): string | undefined {
  const wanted = algorithms[String(alg)];
  if (key.kty !== wanted?.kty) return `kty '${key.kty}', expected '${wanted?.kty}'`;
  if (key.alg !== undefined && key.alg !== alg) return `alg ${shown(key.alg)}, expected the same`;
  if (key.use !== undefined && key.use !== 'sig') return `use ${shown(key.use)}, expected 'sig'`;
  if (key.ops !== undefined && !(Array.isArray(key.ops) && key.ops.includes('verify')))
    return `key_ops ${shown(key.ops)}, expected 'verify'`;
  const curve = key.key.asymmetricKeyDetails?.namedCurve;
  return wanted.curve !== undefined && curve !== wanted.curve
    ? `curve ${shown(curve)}, expected 'prime256v1'`
    : undefined;
}

function noKey({ header: { kid, alg } }: Jwt, { url, keys, defects }: KeySet): Refusal {
  const published = keys
    .map((key) => shown(key.kid))
    .slice(0, 10)
    .join(', ');
  if (kid === undefined) {
    const count = keys.filter((key) => misfit(key, alg) === undefined).length;
    const because = `no kid, and ${count} keys for ${shown(alg)} in JWKS ${url}, expected one`;
    return invalidToken('unknown signing key: kid missing', `unknown signing key: ${because}`);
  }
  const defect = defects.find((one) => one.kid === kid);
  if (defect) {
    const because = `signing key ${shown(kid)} in JWKS ${url} not usable: ${defect.problem}`;
    return idpUnavailable('signing key of the identity provider not usable', because);
  }
  const unfit = keys.find((key) => key.kid === kid);
  if (unfit) {
    const why = `alg got ${shown(alg)}, key ${shown(kid)} has ${misfit(unfit, alg)}`;
    return invalidToken('signature alg not allowed for its key', `signing key does not fit: ${why} (JWKS ${url})`);
  }
  const because = `no key with kid ${shown(kid)} in JWKS ${url}, which has ${published}`;
  return invalidToken('unknown signing key', `unknown signing key: ${because}`);
}

/** Whether this key made this signature, by the algorithm of the header, which `chooseKeys` has allowed for the key. */
export function verify({ header, input, signature }: Jwt, { key }: VerificationKey): boolean {
  return verifySignature('sha256', Buffer.from(input), { key, ...algorithms[String(header.alg)]?.options }, signature);
}
