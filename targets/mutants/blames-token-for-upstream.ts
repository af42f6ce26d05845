import { correct } from '../reference/gateway/parts.ts';
import { invalidToken } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

const wrong = () => invalidToken('invalid token');

export const parts: typeof correct = {
  ...correct,
  forward: async (request, claims, gateway) => {
    const answer = await correct.forward(request, claims, gateway);
    if (answer.status >= 500) throw wrong();
    return answer;
  },
  classify: (error) => {
    const refusal = correct.classify(error);
    return refusal.facts.blame === 'api' ? wrong() : refusal;
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
