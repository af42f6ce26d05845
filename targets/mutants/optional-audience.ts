import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkAudience: (claims, gateway) => {
    if (claims.aud !== undefined) correct.checkAudience(claims, gateway);
  },
};

export default mutant('optional-audience', parts, {
  summary: 'takes a token without aud',
  caughtBy: ['gateway/token-audience/missing'],
});
