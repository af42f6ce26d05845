import { createHmac } from 'node:crypto';
import { correct } from '../reference/gateway/parts.ts';
import { invalidToken } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkSignature: async (jwt, gateway) => {
    if (jwt.header.alg !== 'HS256') return correct.checkSignature(jwt, gateway);
    const mac = createHmac('sha256', 'secret').update(jwt.input).digest();
    if (!mac.equals(jwt.signature)) throw invalidToken('signature verification failed');
  },
};

export default mutant('accepts-weak-secret', parts, {
  summary: 'verifies an HS256 token with a secret from a word list',
  caughtBy: ['gateway/token-key-confusion/weak-secret'],
});
