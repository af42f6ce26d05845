import { correct } from '../reference/gateway/parts.ts';
import { invalidToken } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkAudience: (claims, gateway) => {
    if (typeof claims.aud !== 'string') throw invalidToken('audience mismatch');
    correct.checkAudience(claims, gateway);
  },
};

export default mutant('needs-audience-string', parts, {
  summary: 'takes aud as a string, and no array',
  caughtBy: ['gateway/token-audience/array-of-one'],
});
