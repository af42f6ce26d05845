import { correct } from '../reference/gateway/parts.ts';
import { invalidToken } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  forward: async (request, claims, gateway) => {
    const answer = await correct.forward(request, claims, gateway).catch(() => undefined);
    if (answer === undefined || answer.status >= 500) throw invalidToken('invalid token');
    return answer;
  },
};

export default mutant('blames-token-for-upstream', parts, {
  summary: 'answers 401 invalid_token when the API is down',
  caughtBy: [
    'gateway/upstream/refused',
    'gateway/upstream/status-500',
    'gateway/upstream/status-503',
    'gateway/names/upstream-nxdomain',
  ],
});
