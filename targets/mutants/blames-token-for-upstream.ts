import { correct } from '../reference/gateway/parts.ts';
import { invalidToken } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  classify: (error) => {
    const refusal = correct.classify(error);
    return refusal.facts.blame === 'api' ? invalidToken('invalid token') : refusal;
  },
};

export default mutant('blames-token-for-upstream', parts, {
  summary: 'answers 401 invalid_token when the API is down',
  caughtBy: ['gateway/upstream/refused', 'gateway/names/upstream-nxdomain'],
});
