import { generateKeyPair, generateKeyPairSync } from 'node:crypto';
import { promisify } from 'node:util';
import { FailwellError } from '../../harness/model/error.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import type { SigningKey } from '../../harness/model/token.ts';
import { certificate } from './certificate.ts';

const generate = promisify(generateKeyPair) as (type: string, options: object) => Promise<KeyPair>;
type KeyPair = { readonly privateKey: ExportsJwk; readonly publicKey: ExportsJwk };
type ExportsJwk = { export(options: { format: 'jwk' }): JsonObject };
type Material = { readonly privateJwk: JsonObject; readonly publicJwk: JsonObject };

/** What to generate for an algorithm of RFC 7518 §3.1 or RFC 8037. */
function kind(alg: string): readonly [type: string, options: object] {
  if (/^[RP]S(256|384|512)$/.test(alg)) return ['rsa', { modulusLength: 2048 }];
  if (alg === 'ES256') return ['ec', { namedCurve: 'P-256' }];
  if (alg === 'ES384') return ['ec', { namedCurve: 'P-384' }];
  if (alg === 'ES512') return ['ec', { namedCurve: 'P-521' }];
  if (alg === 'EdDSA' || alg === 'Ed25519') return ['ed25519', {}];
  throw new FailwellError('usage', `No key can be made for '${alg}': use an RS, PS or ES algorithm, or EdDSA.`);
}

// Making an RSA key takes longer than most scenarios, so issuers share key material and differ in `kid`.
const made = new Map<string, Promise<Material>>();

function material(alg: string, slot: number): Promise<Material> {
  const place = `${alg}/${slot}`;
  const known = made.get(place);
  if (known) return known;
  const fresh = generate(...kind(alg)).then((pair) => ({
    privateJwk: pair.privateKey.export({ format: 'jwk' }),
    publicJwk: pair.publicKey.export({ format: 'jwk' }),
  }));
  made.set(place, fresh);
  return fresh;
}

/**
 * A key for signatures. The same `alg` and `slot` give the same key material for the life of the process, whatever
 * the `kid`; different slots never share any. Throws a `FailwellError` (`usage`) for an algorithm it cannot serve.
 */
export async function signingKey(alg: string, kid: string, slot: number): Promise<SigningKey> {
  const { privateJwk, publicJwk } = await material(alg, slot);
  const members = { kid, alg, use: 'sig' };
  return { kid, alg, privateJwk: { ...privateJwk, kid }, publicJwk: { ...publicJwk, ...members } };
}

/**
 * An RS256 key that no issuer publishes: what an attacker would sign with, the same for the life of the process but for
 * its `kid`. Its public JWK also holds `x5c` (RFC 7517 §4.7), a self-signed certificate over the same key.
 */
export function foreignKey(kid: string): SigningKey {
  foreign ??= attackers();
  const { privateJwk, publicJwk } = foreign;
  const members = { kid, alg: 'RS256', use: 'sig' };
  return { kid, alg: 'RS256', privateJwk: { ...privateJwk, kid }, publicJwk: { ...publicJwk, ...members } };
}

let foreign: Material | undefined;

/** Made at once: a fault that wants it cannot wait, and most processes never do. */
function attackers(): Material {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const privateJwk = pair.privateKey.export({ format: 'jwk' }) as JsonObject;
  const publicJwk = pair.publicKey.export({ format: 'jwk' }) as JsonObject;
  const itself = 'attacker.invalid';
  const x5c = [certificate({ publicJwk, subject: itself, issuerJwk: privateJwk, issuer: itself })];
  return { privateJwk, publicJwk: { ...publicJwk, x5c } };
}
