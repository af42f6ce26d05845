import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  render: (refusal, token, scheme) => {
    const answer = correct.render(refusal, token, scheme);
    const body = Buffer.from(`${answer.body}\n${refusal.stack}`);
    return { ...answer, headers: { ...answer.headers, 'content-type': 'text/plain' }, body };
  },
};

export default mutant('leaks-stack-trace', parts, {
  summary: 'answers a refusal with its stack trace',
  caughtBy: ['gateway/token-expired/by-10m'],
});
