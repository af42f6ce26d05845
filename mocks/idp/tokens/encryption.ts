import { createHash } from 'node:crypto';
import { CompactEncrypt, type JWK } from 'jose';
import { Refusal } from '../http/answer.ts';
import type { Client } from '../registration/client.ts';

const bySecret = ['A128KW', 'A192KW', 'A256KW', 'A128GCMKW', 'A192GCMKW', 'A256GCMKW', 'dir'];

/** JWE algorithms in which the IdP encrypts for a client (RFC 7518 §4.1). */
export const encryptionAlgorithms: readonly string[] = [
  ...['RSA-OAEP', 'RSA-OAEP-256', 'RSA-OAEP-384', 'RSA-OAEP-512'],
  ...['ECDH-ES', 'ECDH-ES+A128KW', 'ECDH-ES+A192KW', 'ECDH-ES+A256KW'],
  ...bySecret,
];

/** RFC 7518 §5.1. */
export const contentEncryptions: readonly string[] = [
  ...['A128CBC-HS256', 'A192CBC-HS384', 'A256CBC-HS512'],
  ...['A128GCM', 'A192GCM', 'A256GCM'],
];

/** How a client wants something encrypted. */
interface Encryption {
  readonly alg: string | undefined;
  /** `A128CBC-HS256` when absent (OpenID Connect Registration §2). */
  readonly enc: string | undefined;
}

/**
 * A text as the client wants it: encrypted to its key (OIDC Core §10.2), or as it is when it did not ask for that.
 * Rejects with a `Refusal` when the client has no key for it.
 * @param cty `JWT` when the text is one (RFC 7519 §5.2)
 */
export async function encrypted(
  text: string,
  { alg, enc = 'A128CBC-HS256' }: Encryption,
  client: Client,
  cty?: 'JWT',
): Promise<string> {
  // A flaw may have encrypted it already, in its own way.
  if (alg === undefined || text.split('.').length === 5) return text;
  try {
    const key = bySecret.includes(alg) ? secretKey(client, alg, enc) : encryptionKey(client, alg);
    if (!key) throw new TypeError('There is none');
    const kid = 'kid' in key && key.kid !== undefined && { kid: key.kid };
    return await new CompactEncrypt(Buffer.from(text))
      .setProtectedHeader({ alg, enc, ...(cty && { cty }), ...kid })
      .encrypt(key);
  } catch {
    throw new Refusal('invalid_request', `The client has registered no key for ${alg} with ${enc}`);
  }
}

/** The first of its keys that fits, one that is for encryption before any other. */
export function encryptionKey({ jwks }: Client, alg: string): JWK | undefined {
  const kinds = alg.startsWith('RSA') ? ['RSA'] : ['EC', 'OKP'];
  const fit = ({ kty, use, alg: only, crv }: JWK) =>
    kinds.includes(kty ?? '') && use !== 'sig' && (only ?? alg) === alg && crv !== 'Ed25519';
  const keys = (jwks?.keys ?? []).filter(fit);
  return keys.find(({ use }) => use === 'enc') ?? keys[0];
}

/** The left part of a SHA-2 hash of the secret (OIDC Core §10.2). */
function secretKey({ secret }: Client, alg: string, enc: string): Uint8Array {
  if (!secret) throw new TypeError('There is none');
  const [, size] = /(?:HS|^A)(\d+)(?:GCM|KW|$)/.exec(alg === 'dir' ? enc : alg) ?? [];
  const bits = Number(size);
  const hash = bits <= 256 ? 'sha256' : `sha${bits}`;
  return createHash(hash)
    .update(secret)
    .digest()
    .subarray(0, bits / 8);
}
