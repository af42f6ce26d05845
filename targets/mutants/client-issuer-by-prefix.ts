import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkIdIssuer: (claims, client) => {
    if (!String(claims.iss).startsWith(client.wiring.issuer)) correct.checkIdIssuer(claims, client);
  },
};

export default mutant('client-issuer-by-prefix', parts, {
  summary: 'looks only at how iss of an ID token begins',
  caughtBy: ['client/id-token-claims/issuer-trailing-slash', 'client/id-token-claims/issuer-extended'],
});
