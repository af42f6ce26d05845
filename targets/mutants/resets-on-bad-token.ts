import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  send: (response, answer, gateway) => {
    if (answer.status !== 401) return correct.send(response, answer, gateway);
    response.destroy();
  },
};

export default mutant('resets-on-bad-token', parts, {
  summary: 'drops the connection when a token is bad',
  caughtBy: ['gateway/token-expired/by-10m'],
});
