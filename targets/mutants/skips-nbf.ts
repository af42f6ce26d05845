import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, checkNotBefore: () => {} };

export default mutant('skips-nbf', parts, {
  summary: 'never looks at nbf',
  caughtBy: ['gateway/token-not-yet-valid/by-10m', 'gateway/token-not-yet-valid/by-1d'],
});
