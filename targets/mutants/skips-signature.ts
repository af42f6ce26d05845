import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, checkSignature: async () => {} };

export default mutant('skips-signature', parts, {
  summary: 'never verifies a signature',
  caughtBy: ['gateway/token-signature/tampered-payload', 'gateway/token-signature/foreign-key'],
});
