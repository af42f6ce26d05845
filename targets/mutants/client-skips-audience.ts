import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = { ...correct, checkIdAudience: () => {} };

export default mutant('client-skips-audience', parts, {
  summary: 'never looks at aud of an ID token',
  caughtBy: [
    'client/id-token-claims/audience-other-client',
    'client/id-token-claims/audience-missing',
    'client/id-token-claims/audience-extended',
    'client/id-token-claims/audience-array-other',
  ],
});
