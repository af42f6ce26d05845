import { badTokenAnswer } from '../reference/client/failure.ts';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

const known = ['access_token', 'token_type', 'expires_in', 'refresh_token', 'id_token', 'scope'];

export const parts: typeof correct = {
  ...correct,
  checkTokens: (answer, document) => {
    const unknown = Object.keys(answer).find((name) => !known.includes(name));
    if (unknown === undefined) return correct.checkTokens(answer, document);
    throw badTokenAnswer('unknown member', `token response of ${document.question.url}: unexpected member`);
  },
};

export default mutant('client-strict-token-answer', parts, {
  summary: 'refuses a token response with a member that it does not know',
  caughtBy: ['client/token-answer/unknown-members', 'client/token-dialect/members-added'],
});
