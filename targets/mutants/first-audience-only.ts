import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkAudience: (claims, gateway) =>
    correct.checkAudience(Array.isArray(claims.aud) ? { ...claims, aud: claims.aud[0] } : claims, gateway),
};

export default mutant('first-audience-only', parts, {
  summary: 'looks at the first member of an aud array alone',
  caughtBy: ['gateway/token-audience/among-others'],
});
