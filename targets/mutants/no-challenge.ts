import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  render: (refusal, token, scheme) => {
    const answer = correct.render(refusal, token, scheme);
    const { 'www-authenticate': _, ...headers } = answer.headers;
    return { ...answer, headers };
  },
};

export default mutant('no-challenge', parts, {
  summary: 'answers without WWW-Authenticate',
  caughtBy: ['gateway/token-expired/by-10m', 'gateway/bearer-placement/no-token'],
});
