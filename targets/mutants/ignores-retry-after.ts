import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (gateway, question) => {
    const { retryAfter, ...document } = await correct.fetchDocument(gateway, question);
    if (retryAfter === undefined) return document;
    const { retryAfter: _, ...again } = await correct.fetchDocument(gateway, question);
    return again;
  },
};

export default mutant('ignores-retry-after', parts, {
  summary: 'asks again at once where the IdP said when to come back',
  caughtBy: ['gateway/jwks-document/rate-limited'],
});
