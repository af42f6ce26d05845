import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  extractToken: (request, gateway) => {
    const { form: _, ...rest } = request;
    return correct.extractToken({ ...rest, url: request.url.split('?')[0] ?? '/' }, gateway);
  },
};

export default mutant('ignores-second-place', parts, {
  summary: 'never sees that a token is in the query as well',
  caughtBy: ['gateway/bearer-placement/header-and-query'],
});
