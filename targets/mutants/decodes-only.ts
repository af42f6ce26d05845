import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, verify: () => true };

export default mutant('decodes-only', parts, {
  summary: 'asks for a fitting key but never verifies with it',
  caughtBy: ['gateway/token-signature/tampered-payload', 'gateway/token-signature/stripped'],
});
