import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkSignature: async (jwt, gateway) => {
    const alg = String(jwt.header.alg);
    if (alg === 'none' || alg.toLowerCase() !== 'none') await correct.checkSignature(jwt, gateway);
  },
};

export default mutant('trusts-alg-none-but-lower-case', parts, {
  summary: 'refuses alg none only in lower case',
  caughtBy: ['gateway/token-algorithm/none-upper', 'gateway/token-algorithm/none-mixed'],
});
