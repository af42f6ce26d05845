import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  verify: (jwt, key) => jwt.signature.length === 0 || correct.verify(jwt, key),
};

export default mutant('accepts-stripped-signature', parts, {
  summary: 'takes an empty signature for a good one',
  caughtBy: ['gateway/token-signature/stripped'],
});
