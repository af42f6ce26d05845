import { badIdToken } from '../reference/client/failure.ts';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkIdIssuedAt: (claims, client) => {
    correct.checkIdIssuedAt(claims, client);
    if (Number(claims.iat) * 1000 < client.wiring.clock.now() - 20_000) throw badIdToken('no', 'no');
  },
};

export default mutant('client-refuses-old-tokens', parts, {
  summary: 'refuses an ID token that is older than twenty seconds, and does not say so',
  caughtBy: ['client/clock-skew/slow-30s', 'client/clock-skew/slow-5m'],
});
