import { correct } from '../reference/gateway/parts.ts';
import { invalidToken } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  chooseKeys: async (jwt, gateway) => {
    if (jwt.header.kid === undefined) throw invalidToken('signature key unknown: kid missing');
    return correct.chooseKeys(jwt, gateway);
  },
};

export default mutant('needs-kid', parts, {
  summary: 'refuses a token without kid though only one key fits',
  caughtBy: ['gateway/token-key-id/missing'],
});
