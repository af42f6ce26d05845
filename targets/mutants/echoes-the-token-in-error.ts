import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  render: (refusal, token, scheme) => {
    const answer = correct.render(refusal, token, scheme);
    return {
      ...answer,
      headers: { ...answer.headers, 'content-type': 'text/plain' },
      body: Buffer.from(`${answer.body}: ${token}`),
    };
  },
};

export default mutant('echoes-the-token-in-error', parts, {
  summary: 'repeats the token in the body of a refusal',
  caughtBy: ['gateway/token-expired/by-10m'],
});
