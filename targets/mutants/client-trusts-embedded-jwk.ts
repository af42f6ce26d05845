import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';
import { importKey } from '../reference/gateway/keys.ts';
import type { Members } from '../reference/gateway/token.ts';

export const parts: typeof correct = {
  ...correct,
  chooseKeys: async (jwt, client) => {
    if (typeof jwt.header.jwk !== 'object') return correct.chooseKeys(jwt, client);
    return { set: await client.keys.current(), keys: [importKey(jwt.header.jwk as Members)] };
  },
};

export default mutant('client-trusts-embedded-jwk', parts, {
  summary: 'verifies with the key that an ID token brings in jwk',
  caughtBy: ['client/id-token-signature/embedded-jwk'],
});
