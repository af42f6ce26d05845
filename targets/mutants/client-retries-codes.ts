import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (client, question) => {
    const { once: _, ...again } = question;
    return await correct.fetchDocument(client, again);
  },
};

export default mutant('client-retries-codes', parts, {
  summary: 'sends a code again when the answer is lost',
  caughtBy: [
    'client/network/answer-reset',
    'client/network/answer-closed',
    'client/network/answer-truncated',
    'client/network/answer-reset-half-way',
    'client/network/first-answer-reset',
  ],
});
