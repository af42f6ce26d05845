import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

export const parts: typeof correct = {
  ...correct,
  explain: ({ refusal, ...served }) => correct.explain({ ...served, ...(refusal && { note: 'audience mismatch' }) }),
};

export default mutant('misleading-log', parts, {
  summary: 'blames the audience in its log, whatever the cause',
  caughtBy: [
    'gateway/token-expired/by-10m',
    'gateway/token-signature/tampered-payload',
    'gateway/own-clock/fast-2h',
    'gateway/own-clock/slow-5m',
  ],
});
