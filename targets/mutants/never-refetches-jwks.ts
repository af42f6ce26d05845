import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  keepKeys: (gateway) => {
    const source = correct.keepKeys(gateway);
    return { ...source, refreshed: async (seen) => seen };
  },
};

export default mutant('never-refetches-jwks', parts, {
  summary: 'fetches the keys once and never again',
  caughtBy: ['gateway/key-rotation/new-key'],
});
