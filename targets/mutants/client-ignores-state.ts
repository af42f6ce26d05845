import { newLogin } from '../reference/client/authorization.ts';
import { correct } from '../reference/client/parts.ts';
import { mutant } from '../reference/client/variant.ts';

export const parts: typeof correct = { ...correct, checkState: (_, pending) => pending ?? newLogin() };

export default mutant('client-ignores-state', parts, {
  summary: 'redeems the code of any response that a browser brings',
  caughtBy: ['client/callback/of-other-session'],
});
