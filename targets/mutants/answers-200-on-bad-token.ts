import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  render: (refusal, token, scheme) => {
    const answer = correct.render(refusal, token, scheme);
    return refusal.facts.code === 'invalid_token' ? { ...answer, status: 200 } : answer;
  },
};

export default mutant('answers-200-on-bad-token', parts, {
  summary: 'answers 200 with an error in the body when a token is bad',
  caughtBy: ['gateway/token-expired/by-10m'],
});
