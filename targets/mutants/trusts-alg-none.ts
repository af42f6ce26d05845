import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkSignature: async (jwt, gateway) => {
    if (!/^none$/i.test(String(jwt.header.alg))) await correct.checkSignature(jwt, gateway);
  },
};

export default mutant('trusts-alg-none', parts, {
  summary: 'takes an unsigned token, whatever the case of none',
  caughtBy: [
    'gateway/token-algorithm/none-lower',
    'gateway/token-algorithm/none-mixed',
    'gateway/token-algorithm/none-capital',
    'gateway/token-algorithm/none-signed',
    'gateway/token-algorithm/none-junk',
  ],
});
