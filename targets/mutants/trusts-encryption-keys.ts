import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  fetchKeys: async (gateway) => {
    const set = await correct.fetchKeys(gateway);
    return { ...set, keys: set.keys.map((key) => ({ ...key, use: 'sig' })) };
  },
};

export default mutant('trusts-encryption-keys', parts, {
  summary: 'verifies with keys that are published for encryption',
  caughtBy: ['gateway/jwks-document/use-enc'],
});
