import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  render: (refusal, token, scheme) => {
    const answer = correct.render(refusal, token, scheme);
    return refusal.facts.code === 'invalid_token' ? { ...answer, status: 403 } : answer;
  },
};

export default mutant('answers-403-for-invalid-token', parts, {
  summary: 'answers 403 when a token is bad',
  caughtBy: ['gateway/token-expired/by-10m'],
});
