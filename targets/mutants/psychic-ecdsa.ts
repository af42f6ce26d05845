import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  verify: (jwt, key) => (key.kty === 'EC' && jwt.signature.every((byte) => byte === 0)) || correct.verify(jwt, key),
};

export default mutant('psychic-ecdsa', parts, {
  summary: 'takes r = s = 0 for a good ECDSA signature, as CVE-2022-21449 did',
  caughtBy: ['gateway/token-signature/psychic-raw'],
});
