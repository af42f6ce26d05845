import { constants, createCipheriv, createPublicKey, type JsonWebKey, publicEncrypt } from 'node:crypto';
import type { Random } from '../../../harness/model/fault.ts';
import type { JsonObject } from '../../../harness/model/json.ts';
import { afterwards, base64url, bytes, publishedKey, tokenFault, withHeader } from './draft.ts';

const cause = 'token/malformed';

type Encryption = {
  readonly header: JsonObject;
  readonly encryptedKey: Uint8Array;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
};

/** JWE Compact Serialization with AES-GCM (RFC 7516 §7.1). */
export function jwe(plaintext: string, { header, encryptedKey, key, iv }: Encryption): string {
  const encodedHeader = base64url(JSON.stringify(header));
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(encodedHeader));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return [encodedHeader, ...[encryptedKey, iv, ciphertext, cipher.getAuthTag()].map(base64url)].join('.');
}

const secrets = (random: Random) => ({ key: bytes(random.hex(32)), iv: bytes(random.hex(12)) });

/** Five parts, encrypted for somebody else: the target has no key to open it. */
export const encryptedDirect = () =>
  tokenFault('encrypted-direct', cause, 'the token is a JWE under a key that the target lacks', (draft, random) => {
    const header = { alg: 'dir', enc: 'A256GCM', cty: 'JWT' };
    const material = { header, encryptedKey: new Uint8Array(), ...secrets(random) };
    return afterwards(draft, (token) => jwe(token, material));
  });

/** An iteration count that keeps a naive target busy for minutes (CVE-2023-51775). */
export const encryptedPassword = () =>
  tokenFault(
    'encrypted-password',
    cause,
    'the token is a JWE that asks for two thousand million PBKDF2 rounds',
    (draft, random) => {
      const p2s = base64url(random.hex(8));
      const header = { alg: 'PBES2-HS512+A256KW', enc: 'A256GCM', p2c: 2_000_000_000, p2s, cty: 'JWT' };
      const material = { header, encryptedKey: bytes(random.hex(40)), ...secrets(random) };
      return afterwards(draft, (token) => jwe(token, material));
    },
  );

/** Anybody can encrypt to a public key: inside is an unsigned token, for targets that stop at "it decrypted". */
export const encryptedUnsigned = () =>
  tokenFault(
    'encrypted-unsigned',
    cause,
    "the token is a JWE to the issuer's public key with an unsigned token inside",
    (draft, random) => {
      const { kid, publicJwk } = publishedKey(draft, 'RSA');
      const { key, iv } = secrets(random);
      const recipient = createPublicKey({ key: publicJwk as JsonWebKey, format: 'jwk' });
      const padding = constants.RSA_PKCS1_OAEP_PADDING;
      const header = { alg: 'RSA-OAEP-256', enc: 'A256GCM', cty: 'JWT', kid };
      const encryptedKey = publicEncrypt({ key: recipient, padding, oaepHash: 'sha256' }, key);
      return {
        ...withHeader(draft, { alg: 'none' }),
        signer: { by: 'bytes', signature: new Uint8Array() },
        ...afterwards(draft, (token) => jwe(token, { header, encryptedKey, key, iv })),
      };
    },
  );
