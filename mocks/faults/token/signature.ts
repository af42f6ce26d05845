import type { TokenDraft } from '../../../harness/model/token.ts';
import { afterwards, base64url, bytes, part, publishedKey, tokenFault, withHeader } from './draft.ts';

const cause = 'token/signature';

const signatureBytes = (draft: TokenDraft, change: (signature: Buffer) => Uint8Array) =>
  part(draft, 2, (text) => base64url(change(Buffer.from(text, 'base64url'))));

export const tamperedPayload = () =>
  tokenFault('tampered-payload', cause, 'sub was changed after signing', (draft) =>
    part(draft, 1, (text) => {
      const claims = JSON.parse(Buffer.from(text, 'base64url').toString());
      return base64url(JSON.stringify({ ...claims, sub: `${claims.sub}-tampered` }));
    }),
  );

export const tamperedHeader = () =>
  tokenFault('tampered-header', cause, 'a header member was added after signing', (draft) =>
    part(draft, 0, (text) => {
      const header = JSON.parse(Buffer.from(text, 'base64url').toString());
      return base64url(JSON.stringify({ ...header, tampered: true }));
    }),
  );

export const flippedBit = () =>
  tokenFault('flipped-bit', cause, 'one bit of the signature is flipped', (draft, random) => {
    const at = random.next();
    const bit = 1 << random.int(0, 7);
    return signatureBytes(draft, (signature) => {
      const index = Math.floor(at * signature.length);
      return signature.map((byte, position) => (position === index ? byte ^ bit : byte));
    });
  });

export const signatureStripped = () =>
  tokenFault('signature-stripped', cause, 'the signature is empty', (draft) => part(draft, 2, () => ''));

export const signatureStrippedTwoParts = () =>
  tokenFault('signature-stripped-two-parts', cause, 'signature and last dot are gone', (draft) =>
    afterwards(draft, (token) => token.split('.').slice(0, 2).join('.')),
  );

export const signatureTruncated = () =>
  tokenFault('signature-truncated', cause, 'the last half of the signature is gone', (draft) =>
    signatureBytes(draft, (signature) => signature.subarray(0, signature.length / 2)),
  );

export const signatureNullByte = () =>
  tokenFault('signature-null-byte', cause, 'a null byte follows the signature', (draft) =>
    signatureBytes(draft, (signature) => Buffer.concat([signature, Buffer.alloc(1)])),
  );

export const signatureZeros = () =>
  tokenFault('signature-zeros', cause, 'the signature is all zeros', (draft) =>
    signatureBytes(draft, (signature) => Buffer.alloc(signature.length)),
  );

export const signatureNull = () =>
  tokenFault('signature-null', cause, 'the signature part is the word null', (draft) => part(draft, 2, () => 'null'));

export const foreignKey = () =>
  tokenFault('foreign-key', cause, 'signed with a key that nobody published, under its own kid', (draft) => ({
    ...withHeader(draft, { kid: draft.surroundings.foreign.kid }),
    signer: { by: 'key', key: draft.surroundings.foreign },
  }));

export const foreignKeyPublishedKid = () =>
  tokenFault('foreign-key-published-kid', cause, 'signed with a foreign key under the published kid', (draft) => ({
    signer: { by: 'key', key: draft.surroundings.foreign },
  }));

export const foreignKeyNoKid = () =>
  tokenFault('foreign-key-no-kid', cause, 'signed with a foreign key, and no kid says which', (draft) => {
    const { kid: _, ...header } = draft.header;
    return { header, signer: { by: 'key', key: draft.surroundings.foreign } };
  });

const psychic = (variant: string, summary: string, hex: string) =>
  tokenFault(`psychic-${variant}`, cause, summary, (draft) => ({
    ...withHeader(draft, { alg: 'ES256', kid: publishedKey(draft, 'EC').kid }),
    signer: { by: 'bytes', signature: bytes(hex) },
  }));

/** r = s = 0, which CVE-2022-21449 took for anybody's signature. */
export const psychicSignature = () => psychic('raw', 'alg is ES256 and the signature r = s = 0', '00'.repeat(64));

export const psychicSignatureDer = () =>
  psychic('der', 'alg is ES256 and the signature r = s = 0 in DER', '3006020100020100');
