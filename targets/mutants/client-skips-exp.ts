import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = { ...correct, checkIdExpiry: () => {} };

export default mutant('client-skips-exp', parts, {
  summary: 'never looks at exp of an ID token',
  caughtBy: [
    'client/clock-skew/slow-2h',
    'client/own-clock/fast-2h',
    'client/id-token-claims/expired-by-10m',
    'client/id-token-claims/expiry-missing',
  ],
});
