import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkIssuer: (claims, gateway) => {
    if (!String(claims.iss).startsWith(gateway.wiring.issuer)) correct.checkIssuer(claims, gateway);
  },
};

export default mutant('prefix-matches-issuer', parts, {
  summary: 'takes an issuer that begins with the right one',
  caughtBy: ['gateway/token-issuer/extended', 'gateway/token-issuer/subpath'],
});
