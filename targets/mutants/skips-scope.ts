import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, checkScope: () => {} };

export default mutant('skips-scope', parts, {
  summary: 'never looks at scope',
  caughtBy: [
    'gateway/token-scope/other',
    'gateway/token-scope/missing',
    'gateway/token-scope/cut',
    'gateway/token-scope/case',
  ],
});
