import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  extractToken: (request, gateway) => {
    const token = new URLSearchParams(request.url.split('?')[1]).get('access_token');
    return request.authorization.length === 0 && token !== null ? token : correct.extractToken(request, gateway);
  },
};

export default mutant('token-from-query', parts, {
  summary: 'takes a token from the query too',
  caughtBy: ['gateway/bearer-placement/query'],
});
