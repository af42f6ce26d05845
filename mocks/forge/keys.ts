import { generateKeyPair, type JsonWebKey } from 'node:crypto';
import { promisify } from 'node:util';
import { FailwellError } from '../../harness/model/error.ts';
import type { JsonObject } from '../../harness/model/json.ts';
import type { SigningKey } from '../../harness/model/token.ts';

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
  throw new FailwellError('usage', `No key can be made for '${alg}': use an RS, PS or ES algorithm, or EdDSA`);
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

/** Slots from 0 are for issuers; this one is for what no issuer ever published. */
const foreignSlot = -1;

/**
 * An RS256 key that no issuer publishes: what an attacker would sign with. Its public JWK also holds `x5c`
 * (RFC 7517 §4.7), a self-signed certificate over the same key.
 */
export async function foreignKey(kid: string): Promise<SigningKey> {
  const key = await signingKey('RS256', kid, foreignSlot);
  certified ??= certificate(key);
  return { ...key, publicJwk: { ...key.publicJwk, x5c: [await certified] } };
}

let certified: Promise<string> | undefined;

/** A self-signed certificate in base64 DER, as an `x5c` entry wants it. */
async function certificate(key: SigningKey): Promise<string> {
  await import('reflect-metadata');
  const { X509CertificateGenerator } = await import('@peculiar/x509');
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const importing = (jwk: JsonObject, use: 'sign' | 'verify') =>
    crypto.subtle.importKey('jwk', jwk as JsonWebKey, algorithm, true, [use]);
  const made = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=attacker.invalid',
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date('2049-12-31T00:00:00Z'),
    signingAlgorithm: algorithm,
    keys: {
      privateKey: await importing(key.privateJwk, 'sign'),
      publicKey: await importing(key.publicJwk, 'verify'),
    },
  });
  return made.toString('base64');
}
