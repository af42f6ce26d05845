import { correct } from '../reference/gateway/parts.ts';
import { invalidToken } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

const day = 86_400_000;
export const parts: typeof correct = {
  ...correct,
  checkIssuedAt: (claims, gateway) => {
    correct.checkIssuedAt(claims, gateway);
    if (Number(claims.iat) * 1000 < gateway.wiring.clock.now() - day) throw invalidToken('invalid signature');
  },
};

export default mutant('refuses-old-tokens', parts, {
  summary: 'refuses a token that was issued before yesterday, and says that its signature is wrong',
  caughtBy: ['gateway/token-not-yet-valid/issued-a-week-ago'],
});
