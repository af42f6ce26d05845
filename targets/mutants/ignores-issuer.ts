import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, checkIssuer: () => {} };

export default mutant('ignores-issuer', parts, {
  summary: 'never looks at iss',
  caughtBy: [
    'gateway/token-issuer/other',
    'gateway/token-issuer/missing',
    'gateway/token-issuer/containing',
    'gateway/token-issuer/http',
    'gateway/token-issuer/padded',
  ],
});
