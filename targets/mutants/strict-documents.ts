import { jsonObject, unusable } from '../reference/gateway/fetch.ts';
import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

const known =
  /^(?:issuer|jwks_uri|\w+_endpoint|\w+_supported|require_\w+|check_session_iframe|keys|kty|kid|alg|use|n|e|crv|x|y|active|aud|iss|sub|exp|iat|nbf|jti|scope|client_id|token_type|username)$/;

export const parts: typeof correct = {
  ...correct,
  fetchDocument: async (gateway, question) => {
    const document = await correct.fetchDocument(gateway, question);
    const body = jsonObject(document);
    const objects = [body, ...(Array.isArray(body.keys) ? (body.keys as object[]) : [])];
    const strange = objects.flatMap((object) => Object.keys(object)).find((name) => !known.test(name));
    if (strange !== undefined) throw unusable(question, `has a member that nobody knows: ${strange}`);
    return document;
  },
};

export default mutant('strict-documents', parts, {
  summary: 'refuses metadata and keys with a member that it does not know',
  caughtBy: ['gateway/jwks-document/unknown-members', 'gateway/discovery/unknown-members'],
});
