import { correct } from '../reference/gateway/parts.ts';
import { invalidToken, Refusal } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  extractToken: (request, gateway) => {
    try {
      return correct.extractToken(request, gateway);
    } catch (error) {
      if (error instanceof Refusal && error.facts.says.startsWith('two ')) throw invalidToken('invalid token');
      throw error;
    }
  },
};

export default mutant('calls-two-places-invalid', parts, {
  summary: 'answers invalid_token where a token is sent in two ways',
  caughtBy: ['gateway/bearer-placement/header-and-form'],
});
