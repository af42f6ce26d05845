import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  extractToken: (request, gateway) => {
    const { form: _, ...rest } = request;
    return correct.extractToken({ ...rest, url: request.url.split('?')[0] ?? '/' }, gateway);
  },
};

const target = mutant('ignores-second-place', parts, {
  summary: 'claims to take tokens from the query, and never looks there',
  caughtBy: ['gateway/bearer-placement/header-and-query'],
});

export default { ...target, capabilities: [...target.capabilities, 'token-in-query'] };
