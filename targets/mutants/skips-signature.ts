import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, checkSignature: async () => {} };

export default mutant('skips-signature', parts, {
  summary: 'never verifies a signature',
  caughtBy: [
    'gateway/token-signature/tampered-payload',
    'gateway/token-signature/foreign-key',
    'gateway/token-signature/tampered-header',
    'gateway/token-signature/flipped-bit',
    'gateway/token-signature/truncated',
    'gateway/token-signature/zeros',
    'gateway/token-signature/psychic-der',
    'gateway/token-algorithm/lower-case',
    'gateway/token-algorithm/mismatch',
    'gateway/token-algorithm/unknown',
    'gateway/token-algorithm/empty',
    'gateway/token-algorithm/null',
    'gateway/token-algorithm/number',
    'gateway/token-algorithm/missing',
    'gateway/token-key-confusion/spki-pem-trimmed',
    'gateway/token-key-confusion/pkcs1-pem',
    'gateway/token-key-confusion/spki-der',
    'gateway/token-key-confusion/jwk',
    'gateway/token-key-confusion/modulus',
    'gateway/token-key-confusion/empty',
    'gateway/token-embedded-key/jku-array',
    'gateway/token-embedded-key/x5u',
    'gateway/token-key-id/traversal',
    'gateway/token-key-id/sql',
    'gateway/token-key-id/url',
    'gateway/token-key-id/jwk',
    'gateway/token-key-id/foreign-key',
  ],
});
