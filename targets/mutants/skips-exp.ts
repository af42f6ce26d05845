import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, checkExpiry: () => {} };

export default mutant('skips-exp', parts, {
  summary: 'never looks at exp',
  caughtBy: [
    'gateway/token-expired/by-10m',
    'gateway/token-expired/by-1d',
    'gateway/token-expired/negative',
    'gateway/clock-skew/slow-2h',
  ],
});
