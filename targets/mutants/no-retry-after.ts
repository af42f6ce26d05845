import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  render: (refusal, token) => {
    const answer = correct.render(refusal, token);
    const { 'retry-after': _, ...headers } = answer.headers;
    return { ...answer, headers };
  },
};

export default mutant('no-retry-after', parts, {
  summary: 'answers 503 without saying when to try again',
  caughtBy: ['gateway/jwks-unreachable/refused'],
});
