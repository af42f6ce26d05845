import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = {
  ...correct,
  checkTokens: (answer, document) => correct.checkTokens({ ...answer, token_type: 'Bearer' }, document),
};

export default mutant('client-ignores-token-type', parts, {
  summary: 'uses an access token of whatever type as a bearer token',
  caughtBy: ['client/token-answer/token-type-unknown'],
});
