import { correct } from '../reference/gateway/parts.ts';
import { Refusal } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  render: (refusal, token, scheme) => {
    const { facts } = refusal;
    const poor = facts.code === 'insufficient_scope';
    return correct.render(
      poor ? new Refusal({ ...facts, status: 401, code: 'invalid_token' }) : refusal,
      token,
      scheme,
    );
  },
};

export default mutant('answers-401-for-scope', parts, {
  summary: 'answers 401 invalid_token when the scope is too small',
  caughtBy: ['gateway/token-scope/other'],
});
