import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  keepKeys: (client) => ({ ...correct.keepKeys(client), refreshed: async (seen) => seen }),
};

export default mutant('client-never-refetches-keys', parts, {
  summary: 'fetches the keys once and never again',
  caughtBy: ['client/jwks/key-added', 'client/jwks/key-replaced'],
});
