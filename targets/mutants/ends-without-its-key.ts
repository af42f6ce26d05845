import { cacheKeys } from '../reference/gateway/keys.ts';
import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  keepKeys: (gateway) => {
    let first: string | undefined;
    const fetch = async () => {
      const set = await gateway.parts.fetchKeys(gateway);
      first ??= set.keys[0]?.kid;
      if (set.keys.every(({ kid }) => kid !== first)) gateway.end('ended: its signing key is gone');
      return set;
    };
    return cacheKeys({ ...gateway.limits, keyCache: 0, keyRefresh: 0 }, fetch, () => {});
  },
};

export default mutant('ends-without-its-key', parts, {
  summary: 'fetches the keys for each token, and ends when the one that it knew first is gone',
  caughtBy: ['gateway/key-rotation/withdrawn-key'],
});
