import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkExpiry: (claims, gateway) => {
    correct.checkExpiry(claims, gateway);
    BigInt(claims.exp as number);
  },
};

export default mutant('counts-in-integers', parts, {
  summary: 'answers 500 when exp is no whole number',
  caughtBy: ['gateway/token-expired/fraction'],
});
