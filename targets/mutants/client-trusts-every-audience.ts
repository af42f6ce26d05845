import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkIdAudience: ({ aud }, client) => {
    if (![aud].flat().includes(client.wiring.clientId)) correct.checkIdAudience({ aud }, client);
  },
};

export default mutant('client-trusts-every-audience', parts, {
  summary: 'takes an ID token that is for others, too',
  caughtBy: ['client/id-token-claims/audience-untrusted-too'],
});
