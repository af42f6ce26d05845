import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  extractToken: (request, gateway) => {
    const authorization = request.authorization.map((value) => value.replace(/^\S+ /, 'Bearer '));
    return correct.extractToken({ ...request, authorization }, gateway);
  },
};

export default mutant('any-scheme', parts, {
  summary: 'takes a token behind any scheme',
  caughtBy: ['gateway/bearer-scheme/other'],
});
