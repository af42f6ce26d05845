import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = { ...correct, checkNonce: () => {} };

export default mutant('client-skips-nonce', parts, {
  summary: 'never looks at nonce of an ID token',
  caughtBy: [
    'client/id-token-claims/nonce-other',
    'client/id-token-claims/nonce-missing',
    'client/id-token-claims/nonce-empty',
  ],
});
