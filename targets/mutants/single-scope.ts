import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkScope: (claims, gateway) => {
    const { scope } = claims;
    correct.checkScope(scope === gateway.wiring.scope ? claims : { ...claims, scope: '' }, gateway);
  },
};

export default mutant('single-scope', parts, {
  summary: 'takes only a token whose scope is nothing but the right one',
  caughtBy: ['gateway/token-scope/among-others'],
});
