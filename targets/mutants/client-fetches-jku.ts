import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';
import { jsonObject } from '../reference/gateway/fetch.ts';
import { importKey } from '../reference/gateway/keys.ts';
import type { Members } from '../reference/gateway/token.ts';

export const parts: typeof correct = {
  ...correct,
  chooseKeys: async (jwt, client) => {
    const { jku: url } = jwt.header;
    if (typeof url !== 'string') return correct.chooseKeys(jwt, client);
    const until = performance.now() + client.limits.idpDeadline;
    const { keys } = jsonObject(await client.parts.fetchDocument(client, { what: 'JWKS', url, until }));
    return { set: await client.keys.current(), keys: (keys as readonly Members[]).map(importKey) };
  },
};

export default mutant('client-fetches-jku', parts, {
  summary: 'verifies with a key from the URL that an ID token names in jku',
  caughtBy: ['client/id-token-signature/embedded-jku'],
});
