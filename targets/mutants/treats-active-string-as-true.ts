import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, isActive: (active) => Boolean(active) };

export default mutant('treats-active-string-as-true', parts, {
  summary: 'takes any active that is not empty for true',
  caughtBy: ['gateway/introspection/active-string'],
});
