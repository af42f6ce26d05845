import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkAudience: (claims, gateway) => {
    if (!String(claims.aud).includes(gateway.wiring.audience)) correct.checkAudience(claims, gateway);
  },
};

export default mutant('substring-audience', parts, {
  summary: 'takes an audience that contains the right one',
  caughtBy: ['gateway/token-audience/extended', 'gateway/token-audience/containing'],
});
