import { correct } from '../reference/gateway/parts.ts';
import { Refusal } from '../reference/gateway/refusal.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  render: (refusal, token, scheme) => {
    const { facts } = refusal;
    return correct.render(new Refusal({ code: 'invalid_token', ...facts }), token, scheme);
  },
};

export default mutant('error-code-without-token', parts, {
  summary: 'names an error code though there were no credentials',
  caughtBy: ['gateway/bearer-placement/no-token'],
});
