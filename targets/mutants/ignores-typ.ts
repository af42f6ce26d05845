import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, checkType: () => {} };

export default mutant('ignores-typ', parts, {
  summary: 'never looks at typ, and so takes any JWT of the issuer for an access token',
  caughtBy: [
    'gateway/token-type/jwt',
    'gateway/token-type/missing',
    'gateway/token-type/id-token',
    'gateway/token-type/logout-token',
    'gateway/token-type/dpop-proof',
  ],
});
