import { jsonObject } from '../reference/gateway/fetch.ts';
import { importKey } from '../reference/gateway/keys.ts';
import { correct } from '../reference/gateway/parts.ts';
import type { Members } from '../reference/gateway/token.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  chooseKeys: async (jwt, gateway) => {
    const { jku } = jwt.header;
    if (typeof jku !== 'string') return correct.chooseKeys(jwt, gateway);
    const set = await gateway.keys.current();
    const question = { what: 'JWKS', url: jku, until: performance.now() + gateway.limits.idpDeadline };
    const { keys } = jsonObject(await gateway.parts.fetchDocument(gateway, question));
    return { set, keys: (keys as readonly Members[]).map(importKey) };
  },
};

export default mutant('fetches-jku', parts, {
  summary: 'verifies with a key from the URL that the token names in jku',
  caughtBy: ['gateway/token-embedded-key/jku-published-kid', 'gateway/token-embedded-key/jku'],
});
