import { badIdToken } from '../reference/client/failure.ts';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  chooseKeys: async (jwt, client) => {
    if (jwt.header.kid !== undefined) return correct.chooseKeys(jwt, client);
    await client.keys.current();
    throw badIdToken('kid missing', 'missing kid');
  },
};

export default mutant('client-needs-key-id', parts, {
  summary: 'refuses an ID token without kid where there is one key',
  caughtBy: ['client/id-token-signature/key-id-missing-one-key'],
});
