import { correct } from '../reference/gateway/parts.ts';
import { mutant } from '../reference/gateway/variant.ts';

// Correct in everything: it proves that log lines are attributed to the right scenario. Nothing must catch it.
export const parts: typeof correct = {
  ...correct,
  write: (gateway, line) => void setTimeout(() => correct.write(gateway, line), 500),
};

export default mutant('logs-late', parts, {
  summary: 'prints each log line half a second late, in order: no flaw, but a canary for attribution',
  caughtBy: [],
});
