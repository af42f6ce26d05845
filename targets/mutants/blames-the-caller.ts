import { correct } from '../reference/gateway/parts.ts';
import { invalidToken } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  classify: (error) => {
    const refusal = correct.classify(error);
    const { blame, because } = refusal.facts;
    return blame === 'idp' ? invalidToken('invalid token', because) : refusal;
  },
};

export default mutant('blames-the-caller', parts, {
  summary: 'answers 401 invalid_token when the IdP is down',
  caughtBy: [
    'gateway/jwks-unreachable/refused',
    'gateway/introspection/status-500',
    'gateway/names/slow-1s',
    'gateway/jwks-document/huge',
  ],
});
