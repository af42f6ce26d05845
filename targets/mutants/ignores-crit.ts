import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, checkCritical: () => {} };

export default mutant('ignores-crit', parts, {
  summary: 'never looks at crit',
  caughtBy: ['gateway/token-critical/unknown', 'gateway/token-critical/absent-member'],
});
