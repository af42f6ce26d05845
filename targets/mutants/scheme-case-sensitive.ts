import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  extractToken: (request, gateway) => {
    const [value = ''] = request.authorization;
    const strict = /^(?:Bearer|DPoP) /.test(value) ? request : { ...request, authorization: [] };
    return correct.extractToken(strict, gateway);
  },
};

export default mutant('scheme-case-sensitive', parts, {
  summary: 'takes Bearer and DPoP in no other case',
  caughtBy: ['gateway/bearer-scheme/lower', 'gateway/bearer-scheme/upper', 'gateway/dpop-tolerates/scheme-lower-case'],
});
