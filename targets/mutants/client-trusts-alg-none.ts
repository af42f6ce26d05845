import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkSignature: async (jwt, client) => {
    if (!/^none$/i.test(String(jwt.header.alg))) await correct.checkSignature(jwt, client);
  },
};

export default mutant('client-trusts-alg-none', parts, {
  summary: 'takes an unsigned ID token, whatever the case of none',
  caughtBy: [
    'client/id-token-signature/none-lower',
    'client/id-token-signature/none-capital',
    'client/id-token-signature/none-upper',
    'client/id-token-signature/none-mixed',
    'client/id-token-signature/none-signed',
  ],
});
