import { createHmac } from 'node:crypto';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';
import { invalidToken } from '../reference/gateway/refusal.ts';

export const parts: typeof correct = {
  ...correct,
  checkSignature: async (jwt, client) => {
    if (jwt.header.alg !== 'HS256') return correct.checkSignature(jwt, client);
    const { keys } = await client.keys.current();
    const secrets = keys.map(({ key }) => key.export({ type: 'spki', format: 'pem' }));
    const made = secrets.map((secret) => createHmac('sha256', secret).update(jwt.input).digest());
    if (!made.some((mac) => mac.equals(jwt.signature))) throw invalidToken('signature verification failed');
  },
};

export default mutant('client-trusts-header-alg', parts, {
  summary: 'verifies an HS256 ID token with the public key as the secret',
  caughtBy: ['client/id-token-signature/key-confusion'],
});
