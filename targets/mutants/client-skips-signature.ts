import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = { ...correct, checkSignature: async () => {} };

export default mutant(
  'client-skips-signature',
  parts,
  {
    summary: 'never verifies the signature of an ID token',
    caughtBy: [
      'client/id-token-signature/tampered',
      'client/id-token-signature/stripped',
      'client/id-token-signature/foreign-key',
      'client/id-token-signature/algorithm-missing',
      'client/id-token-signature/algorithm-unknown',
      'client/id-token-signature/keys-of-other-tenant',
      'client/id-token-signature/weak-secret',
      'client/id-token-signature/key-confusion-pkcs1',
      'client/id-token-signature/key-confusion-empty',
      'client/id-token-signature/embedded-x5c',
      'client/id-token-signature/embedded-x5u',
      'client/id-token-signature/key-id-url',
      'client/jwks/empty',
      'client/jwks/signing-key-missing',
      'client/jwks/other-keys',
      'client/jwks/key-swapped',
      'client/jwks/only-symmetric',
      'client/jwks/modulus-broken',
    ],
  },
  { asksUserInfo: false },
);
