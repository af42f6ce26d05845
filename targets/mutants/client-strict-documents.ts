import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';
import { unusable } from '../reference/gateway/fetch.ts';

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (client, question) => {
    const document = await correct.fetchDocument(client, question);
    const strange = /discovery|JWKS/.test(question.what) && /"(?:unknown|x-)|"kty":"(?!RSA|EC)/.test(document.text);
    if (strange) throw unusable(question, 'has a member that is not known');
    return document;
  },
};

export default mutant('client-strict-documents', parts, {
  summary: 'throws metadata and keys away for one member or key that it does not know',
  caughtBy: ['client/jwks/unknown-key-type', 'client/jwks/unknown-members', 'client/discovery/unknown-members'],
});
