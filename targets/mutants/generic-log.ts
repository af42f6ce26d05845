import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  explain: ({ refusal, ...served }) => correct.explain({ ...served, ...(refusal && { note: 'unauthorized' }) }),
};

export default mutant('generic-log', parts, {
  summary: 'prints nothing but unauthorized, whatever the cause',
  caughtBy: ['gateway/token-expired/by-10m', 'gateway/token-audience/other'],
});
