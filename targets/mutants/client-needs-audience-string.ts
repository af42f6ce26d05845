import { badIdToken } from '../reference/client/failure.ts';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkIdAudience: ({ aud }, { wiring }) => {
    if (aud !== wiring.clientId) throw badIdToken('audience mismatch', 'audience mismatch');
  },
};

export default mutant('client-needs-audience-string', parts, {
  summary: 'knows aud only as a string',
  caughtBy: ['client/id-token-claims/audience-array-of-one'],
});
