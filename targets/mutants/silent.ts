import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, explain: () => undefined };

export default mutant('silent', parts, {
  summary: 'prints nothing',
  caughtBy: ['gateway/token-expired/by-10m', 'gateway/token-audience/other'],
});
