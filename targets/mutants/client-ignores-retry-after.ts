import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  requestTokens: async (grant, client) => {
    const ask = () => correct.requestTokens(grant, { ...client, quietUntil: new Map() });
    return await ask().catch(ask);
  },
};

export default mutant('client-ignores-retry-after', parts, {
  summary: 'asks again at once, whatever Retry-After says',
  caughtBy: ['client/rate-limit/429', 'client/rate-limit/503'],
});
