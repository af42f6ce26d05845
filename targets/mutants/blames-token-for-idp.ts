import { correct } from '../reference/gateway/parts.ts';
import { invalidToken } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (gateway, question) => {
    const document = await correct.fetchDocument(gateway, { ...question, once: true });
    if (document.status === 503) throw invalidToken('signature verification failed');
    return document;
  },
};

export default mutant('blames-token-for-idp', parts, {
  summary: 'takes the first 503 of its IdP for the fault of the token',
  caughtBy: ['gateway/jwks-unreachable/first-fails'],
});
