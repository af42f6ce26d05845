import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  extractToken: (request, gateway) => {
    const [, token] = /(?:^|;\s*)access_token=([^;]+)/.exec(String(request.headers.cookie ?? '')) ?? [];
    return request.authorization.length === 0 && token ? token : correct.extractToken(request, gateway);
  },
};

export default mutant('token-from-cookie', parts, {
  summary: 'takes a token from a cookie too',
  caughtBy: ['gateway/bearer-placement/cookie'],
});
