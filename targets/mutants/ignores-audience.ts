import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, checkAudience: () => {} };

export default mutant('ignores-audience', parts, {
  summary: 'never looks at aud',
  caughtBy: [
    'gateway/token-audience/other',
    'gateway/token-audience/missing',
    'gateway/token-audience/is-client',
    'gateway/token-audience/array-other',
    'gateway/token-audience/empty-array',
    'gateway/token-audience/cut',
    'gateway/token-audience/case',
    'gateway/token-audience/wildcard',
  ],
});
