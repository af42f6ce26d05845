import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, isActive: () => true };

export default mutant('ignores-active', parts, {
  summary: 'never looks at active',
  caughtBy: [
    'gateway/introspection/inactive-detailed',
    'gateway/introspection/inactive',
    'gateway/introspection/active-missing',
  ],
});
