import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = { ...correct, checkCritical: () => {} };

export default mutant('client-skips-critical', parts, {
  summary: 'passes crit over',
  caughtBy: ['client/id-token-signature/critical-unknown'],
});
