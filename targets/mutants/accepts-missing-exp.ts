import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkExpiry: (claims, gateway) => {
    if (claims.exp !== undefined) correct.checkExpiry(claims, gateway);
  },
};

export default mutant('accepts-missing-exp', parts, {
  summary: 'takes a token without exp for one that never expires',
  caughtBy: ['gateway/token-expired/missing'],
});
