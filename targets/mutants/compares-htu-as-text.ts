import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = { ...correct, isSameTarget: (htu, target) => htu === target };

export default mutant('compares-htu-as-text', parts, {
  summary: 'compares htu with the URI of the request letter by letter, query included',
  caughtBy: [
    'gateway/dpop-tolerates/query-in-request',
    'gateway/dpop-tolerates/query-in-htu',
    'gateway/dpop-tolerates/htu-scheme-upper-case',
  ],
});
