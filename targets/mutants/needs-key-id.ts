import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  chooseKeys: async (jwt, gateway) => {
    if (jwt.header.kid === undefined) throw new TypeError('cannot read properties of undefined');
    return await correct.chooseKeys(jwt, gateway);
  },
};

export default mutant('needs-key-id', parts, {
  summary: 'answers 500 to a token without kid',
  caughtBy: ['gateway/token-key-id/missing'],
});
