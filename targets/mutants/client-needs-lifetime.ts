import { badTokenAnswer } from '../reference/client/failure.ts';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkTokens: (answer, document) => {
    if (answer.expires_in !== undefined && answer.scope !== undefined) return correct.checkTokens(answer, document);
    throw badTokenAnswer('expires_in or scope missing', 'missing expires_in or scope');
  },
};

export default mutant('client-needs-lifetime', parts, {
  summary: 'refuses a token response without the members that may be left out',
  caughtBy: [
    'client/token-answer/expires-in-missing',
    'client/token-answer/scope-missing',
    'client/token-dialect/expires-at',
  ],
});
