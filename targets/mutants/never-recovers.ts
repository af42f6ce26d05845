import type { KeySet } from '../reference/gateway/keys.ts';
import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  keepKeys: (gateway) => {
    const source = correct.keepKeys(gateway);
    let first: Promise<KeySet> | undefined;
    return {
      ...source,
      current: () => {
        first ??= source.current();
        return first;
      },
    };
  },
};

export default mutant('never-recovers', parts, {
  summary: 'remembers the first failure to fetch keys for ever',
  caughtBy: ['gateway/jwks-unreachable/refused', 'gateway/jwks-document/malformed', 'gateway/names/unknown-at-first'],
});
