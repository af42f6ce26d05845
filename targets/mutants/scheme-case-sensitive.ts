import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  extractToken: (request, gateway) => {
    const [value = ''] = request.authorization;
    const strict = value.startsWith('Bearer ') ? request : { ...request, authorization: [] };
    return correct.extractToken(strict, gateway);
  },
};

export default mutant('scheme-case-sensitive', parts, {
  summary: 'takes Bearer in no other case',
  caughtBy: ['gateway/bearer-scheme/lower', 'gateway/bearer-scheme/upper'],
});
