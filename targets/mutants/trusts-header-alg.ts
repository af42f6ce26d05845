import { createHmac } from 'node:crypto';
import { correct } from '../reference/gateway/parts.ts';
import { invalidToken } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkSignature: async (jwt, gateway) => {
    if (jwt.header.alg !== 'HS256') return correct.checkSignature(jwt, gateway);
    const { keys } = await gateway.keys.current();
    const secrets = keys.map(({ key }) => key.export({ type: 'spki', format: 'pem' }));
    const made = secrets.map((secret) => createHmac('sha256', secret).update(jwt.input).digest());
    if (!made.some((mac) => mac.equals(jwt.signature))) throw invalidToken('signature verification failed');
  },
};

export default mutant('trusts-header-alg', parts, {
  summary: 'verifies an HS256 token with the public key as the secret',
  caughtBy: ['gateway/token-key-confusion/spki-pem'],
});
