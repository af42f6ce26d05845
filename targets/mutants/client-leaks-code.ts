import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  explain: (instruction, failure) => {
    const line = correct.explain(instruction, failure);
    return line === undefined || !('callback' in instruction) ? line : `${line} callback=${instruction.callback}`;
  },
};

export default mutant('client-leaks-code', parts, {
  summary: 'logs the whole URL to which the browser came back, code and all',
  caughtBy: ['client/token-error/code-refused', 'client/callback/uses-pkce'],
});
