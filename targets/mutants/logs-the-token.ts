import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  explain: (served) => `${correct.explain(served)} authorization=${served.token ?? 'none'}`,
};

export default mutant('logs-the-token', parts, {
  summary: 'prints the token in its log',
  caughtBy: ['gateway/token-expired/by-10m'],
});
