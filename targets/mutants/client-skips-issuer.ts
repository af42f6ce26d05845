import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = { ...correct, checkIdIssuer: () => {} };

export default mutant('client-skips-issuer', parts, {
  summary: 'never looks at iss of an ID token',
  caughtBy: [
    'client/id-token-claims/issuer-other',
    'client/id-token-claims/issuer-missing',
    'client/id-token-claims/issuer-of-other-tenant',
    'client/id-token-claims/issuer-only-in-header',
    'client/refresh/other-issuer',
  ],
});
