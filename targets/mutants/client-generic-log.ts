import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  explain: (instruction, failure) =>
    failure === undefined
      ? correct.explain(instruction, failure)
      : `level=warn do=${instruction.do} cause="something went wrong"`,
};

export default mutant('client-generic-log', parts, {
  summary: 'logs that something went wrong, and not what',
  caughtBy: ['client/wrong-secret/log-in', 'client/token-content-type/html', 'client/token-revoked/refresh-token'],
});
