import { correct } from '../reference/gateway/parts.ts';
import { invalidToken } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (gateway, question) => {
    const document = await correct.fetchDocument(gateway, question);
    if (document.type.includes('json')) return document;
    throw invalidToken('invalid token', `${question.what} ${question.url} is '${document.type}', expected JSON`);
  },
};

export default mutant('trips-over-media-type', parts, {
  summary: "refuses the caller's token when a document comes under another media type",
  caughtBy: ['gateway/jwks-document/content-type-html'],
});
