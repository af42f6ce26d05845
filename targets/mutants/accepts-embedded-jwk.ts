import { importKey } from '../reference/gateway/keys.ts';
import { correct } from '../reference/gateway/parts.ts';
import type { Members } from '../reference/gateway/token.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  chooseKeys: async (jwt, gateway) => {
    if (typeof jwt.header.jwk !== 'object') return correct.chooseKeys(jwt, gateway);
    const set = await gateway.keys.current();
    return { set, keys: [importKey(jwt.header.jwk as Members)] };
  },
};

export default mutant('accepts-embedded-jwk', parts, {
  summary: 'verifies with the key that the token brings in jwk',
  caughtBy: ['gateway/token-embedded-key/jwk-published-kid', 'gateway/token-embedded-key/jwk'],
});
