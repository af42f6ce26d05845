import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, checkIssuedAt: () => {} };

export default mutant('skips-iat', parts, {
  summary: 'never looks at iat',
  caughtBy: ['gateway/token-not-yet-valid/issued-in-future-by-1h'],
});
