import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  send: (response, answer, gateway) => {
    if (answer.status !== 401) correct.send(response, answer, gateway);
  },
};

export default mutant('hangs-on-bad-token', parts, {
  summary: 'never answers when a token is bad',
  caughtBy: ['gateway/token-expired/by-10m', 'gateway/token-signature/tampered-payload'],
});
