import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  extractToken: (request, gateway) => {
    if (request.authorization.some((value) => value.length > 8_192)) throw new RangeError('the buffer is full');
    return correct.extractToken(request, gateway);
  },
};

export default mutant('trips-over-long-tokens', parts, {
  summary: 'answers 500 to a token of more than eight thousand characters',
  caughtBy: ['gateway/token-malformed/huge-claim'],
});
