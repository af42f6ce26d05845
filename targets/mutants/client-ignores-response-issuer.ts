import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = { ...correct, checkResponseIssuer: () => {} };

export default mutant('client-ignores-response-issuer', parts, {
  summary: 'never looks at iss of an authorization response',
  caughtBy: [
    'client/response-issuer/other',
    'client/response-issuer/missing',
    'client/response-issuer/percent-encoded',
  ],
});
