import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  extractToken: (request, gateway) =>
    correct.extractToken({ ...request, authorization: request.authorization.slice(0, 1) }, gateway),
};

export default mutant('first-of-two-tokens', parts, {
  summary: 'takes the first of two Authorization headers',
  caughtBy: ['gateway/bearer-placement/two-headers'],
});
