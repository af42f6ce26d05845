import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  keepKeys: (gateway) => {
    const source = correct.keepKeys(gateway);
    return { ...source, refreshed: () => gateway.parts.fetchKeys(gateway) };
  },
};

export default mutant('refetches-every-time', parts, {
  summary: 'fetches the keys anew for every unknown kid, without a pause',
  caughtBy: ['gateway/key-rotation/unknown-kid-storm'],
});
