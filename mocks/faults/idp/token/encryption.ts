import { constants, createPublicKey, type JsonWebKey, publicEncrypt } from 'node:crypto';
import type { Random } from '../../../../harness/model/fault.ts';
import type { JsonObject } from '../../../../harness/model/json.ts';
import { afterwards, bytes, tokenFault } from '../../token/draft.ts';
import { jwe } from '../../token/encrypted.ts';
import { onIdToken } from './carry.ts';

const keyTransport = {
  RSA1_5: { padding: constants.RSA_PKCS1_PADDING },
  'RSA-OAEP-256': { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
} as const;

/** Encrypts to an RSA key (RFC 7516 §5.1). */
function encryptedTo(publicJwk: JsonObject, alg: keyof typeof keyTransport, header: JsonObject, random: Random) {
  const [key, iv] = [bytes(random.hex(32)), bytes(random.hex(12))];
  const recipient = createPublicKey({ key: publicJwk as JsonWebKey, format: 'jwk' });
  const encryptedKey = publicEncrypt({ key: recipient, ...keyTransport[alg] }, key);
  const whole = { alg, enc: 'A256GCM', cty: 'JWT', ...header };
  return (text: string) => jwe(text, { header: whole, encryptedKey, key, iv });
}

/** RFC 8725 §3.2: what PKCS #1 v1.5 pads tells attackers too much. Only for clients that want encryption. */
export const idTokenEncryptedRsa15 = () =>
  onIdToken(
    tokenFault('encrypted-rsa1-5', 'token/malformed', 'it is encrypted with RSA1_5', (draft, random) => {
      const { recipient } = draft.surroundings;
      if (!recipient) return {};
      const header = recipient.kid === undefined ? {} : { kid: recipient.kid };
      return afterwards(draft, encryptedTo(recipient, 'RSA1_5', header, random));
    }),
  );

/** The client has rotated its key, and the IdP still encrypts to the one before. */
export const idTokenEncryptedToFormerKey = () =>
  onIdToken(
    tokenFault(
      'encrypted-to-former-key',
      'migration/key-rotation',
      'it is encrypted to a key that the client no longer has',
      (draft, random) => {
        const { recipient, foreign } = draft.surroundings;
        if (!recipient) return {};
        return afterwards(draft, encryptedTo(foreign.publicJwk, 'RSA-OAEP-256', { kid: 'former-key' }, random));
      },
    ),
  );
