import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (client, question) => {
    let tries = 0;
    while (true) {
      try {
        const document = await correct.fetchDocument(client, question);
        if (document.status < 500 || tries === 30) return document;
      } catch (error) {
        if (tries === 30) throw error;
      }
      tries += 1;
    }
  },
};

export default mutant('client-tries-for-ever', parts, {
  summary: 'asks again and again, without a pause, when the IdP fails',
  caughtBy: ['client/network/answer-closed', 'client/discovery/status-503'],
});
