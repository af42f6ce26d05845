import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkIssuer: (claims, gateway) => {
    const same = (text: unknown) => String(text).toLowerCase().replace(/\/$/, '');
    if (same(claims.iss) !== same(gateway.wiring.issuer)) correct.checkIssuer(claims, gateway);
  },
};

export default mutant('normalises-issuer', parts, {
  summary: 'takes an issuer that differs in case or a trailing slash',
  caughtBy: ['gateway/token-issuer/case', 'gateway/token-issuer/trailing-slash'],
});
