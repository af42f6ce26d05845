import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (client, question) => {
    let document = await correct.fetchDocument(client, question);
    for (let tries = 0; tries < 5 && document.retryAfter !== undefined; tries += 1) {
      document = await correct.fetchDocument(client, question);
    }
    return document;
  },
};

export default mutant('client-retries-at-once', parts, {
  summary: 'asks again at once when the IdP asks to wait',
  caughtBy: ['client/idp-unreachable/retry-after'],
});
