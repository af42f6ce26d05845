import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkScope: (claims, gateway) => {
    if (!String(claims.scope).includes(gateway.wiring.scope)) correct.checkScope(claims, gateway);
  },
};

export default mutant('scope-substring', parts, {
  summary: 'takes a scope that contains the right one',
  caughtBy: ['gateway/token-scope/extended', 'gateway/token-scope/containing'],
});
