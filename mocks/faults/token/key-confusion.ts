import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { JsonObject } from '../../../harness/model/json.ts';
import { publishedKey, tokenFault, withHeader } from './draft.ts';

const cause = 'token/signature';

const exported = (jwk: JsonObject, type: 'spki' | 'pkcs1') => {
  const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
  return {
    pem: () => String(key.export({ type, format: 'pem' })),
    der: () => key.export({ type, format: 'der' }),
  };
};

/** The shapes in which a verifier may hold the public key, and so may feed it to HMAC. */
const shapes = {
  'spki-pem': (jwk: JsonObject) => exported(jwk, 'spki').pem(),
  'spki-pem-trimmed': (jwk: JsonObject) => exported(jwk, 'spki').pem().trimEnd(),
  'pkcs1-pem': (jwk: JsonObject) => exported(jwk, 'pkcs1').pem(),
  'pkcs1-pem-trimmed': (jwk: JsonObject) => exported(jwk, 'pkcs1').pem().trimEnd(),
  'spki-der': (jwk: JsonObject) => exported(jwk, 'spki').der(),
  'pkcs1-der': (jwk: JsonObject) => exported(jwk, 'pkcs1').der(),
  jwk: (jwk: JsonObject) => JSON.stringify(jwk),
  modulus: (jwk: JsonObject) => Buffer.from(String(jwk.n), 'base64url'),
  'modulus-text': (jwk: JsonObject) => String(jwk.n),
  exponent: (jwk: JsonObject) => Buffer.from(String(jwk.e), 'base64url'),
  kty: (jwk: JsonObject) => String(jwk.kty),
  alg: (jwk: JsonObject) => String(jwk.alg),
  kid: (jwk: JsonObject) => String(jwk.kid),
  empty: () => '',
} as const;

export type Shape = keyof typeof shapes;

/** HMAC with the issuer's public key as the secret: RFC 8725 §2.1. */
export const keyConfusion = ({
  shape = 'spki-pem',
  bits = 256,
}: {
  readonly shape?: Shape;
  readonly bits?: 256 | 384 | 512;
} = {}) =>
  tokenFault(`hs${bits}-with-${shape}`, cause, `alg is HS${bits}, keyed with the public key as ${shape}`, (draft) => {
    const { kid, publicJwk } = publishedKey(draft, 'RSA');
    return {
      ...withHeader(draft, { alg: `HS${bits}`, kid }),
      signer: { by: 'hmac', secret: Buffer.from(shapes[shape](publicJwk)), hash: `sha${bits}` },
    };
  });

/** HMAC with a secret that stands in every word list (RFC 8725 §2.2). */
export const weakSecret = ({ secret = 'secret' }: { readonly secret?: string } = {}) =>
  tokenFault(`hs256-with-word-${secret}`, cause, `alg is HS256, keyed with the word ${secret}`, (draft) => ({
    ...withHeader(draft, { alg: 'HS256' }),
    signer: { by: 'hmac', secret: Buffer.from(secret), hash: 'sha256' },
  }));
