import { badTokenAnswer } from '../reference/client/failure.ts';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkTokens: (answer, document) => {
    if (answer.token_type === 'Bearer') return correct.checkTokens(answer, document);
    throw badTokenAnswer('token_type not understood', 'invalid token_type, expected Bearer');
  },
};

export default mutant('client-case-sensitive-token-type', parts, {
  summary: 'knows the token type only as Bearer',
  caughtBy: ['client/token-answer/token-type-case', 'client/token-dialect/type-lower-case'],
});
