import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (gateway, question) => {
    const document = await correct.fetchDocument(gateway, question);
    const { location } = document;
    if (document.status < 300 || document.status > 399 || location === undefined) return document;
    return correct.fetchDocument(gateway, { ...question, url: new URL(location, question.url).href });
  },
};

export default mutant('follows-redirects', parts, {
  summary: 'follows a redirect wherever it leads',
  caughtBy: ['gateway/discovery/redirected-away'],
});
